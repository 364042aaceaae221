import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { ShortDigest, WholeDigest } from '../../ui/copy.tsx';
import { kindLooks } from '../../ui/kind.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './artifact-page.module.css';
import type { AttachmentsTree, TreeRow } from './attachments-tree.ts';
import { Asked } from './asked.tsx';
import { RowVerdictChip } from './row-parts.tsx';
import type { RowVerdicts } from './use-row-verdicts.ts';

interface ManifestInspectorProps {
  readonly row: TreeRow;
  readonly tree: AttachmentsTree;
  readonly verdicts: RowVerdicts;
  readonly onOpen: (reference: string) => void;
}

/** A manifest of an index, or the artifact itself, as the graph lets it be selected. */
export function ManifestInspector({ row, tree, verdicts, onOpen }: ManifestInspectorProps) {
  const t = useText();
  const format = useFormat();
  const { icon: Icon, word } = kindLooks[row.kind];
  const { descriptor, level } = row;
  const annotations = Object.entries(descriptor.annotations ?? {});
  const verdict = verdicts.of(row);
  return (
    <aside className={styles.nodeInspector} aria-label={t('artifacts.inspector')}>
      <h2>
        <Icon aria-hidden />
        {row.platform === undefined ? t(word) : <Untrusted text={row.platform} />} <ShortDigest digest={row.digest} />
      </h2>
      {row.platform !== undefined && (
        <div className={styles.standing}>
          <RowVerdictChip row={row} verdict={verdict} />
          {verdict.kind === 'byIndex' && (
            <Callout compact tone="plain">
              {t('attachments.byIndexText')}
            </Callout>
          )}
        </div>
      )}
      <Facts
        items={[
          [t('artifacts.factDigest'), <WholeDigest key="digest" digest={row.digest} />],
          [t('artifacts.factMediaType'), <Untrusted key="type" text={descriptor.mediaType} mono />],
          [t('artifacts.factSize'), format.bytes(descriptor.size)],
          [t('artifacts.attached'), level && <Asked key="asked" level={level} />],
        ]}
      />
      {annotations.length > 0 && (
        <Section title={t('artifacts.factAnnotations')}>
          <Facts
            items={annotations.map(([name, value]) => [
              <Untrusted key={name} text={name} />,
              <Untrusted key={name} text={value} />,
            ])}
          />
        </Section>
      )}
      {row !== tree.root && (
        <div className={styles.standing}>
          <Button onPress={() => onOpen(row.digest)}>{t('attachments.open')}</Button>
        </div>
      )}
    </aside>
  );
}
