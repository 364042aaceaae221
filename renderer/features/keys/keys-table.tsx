import { FileKey, Plug, Star } from 'lucide-react';
import { TableBody, TableHeader } from 'react-aria-components';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { Cell, Column, Row, Table } from '../../ui/table.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ExpiryChip } from '../../ui/validity.tsx';
import { algorithmName, fileName, isForTests, isGone, restOfSubject } from './key-words.ts';
import styles from './keys.module.css';
import { useTrustOfKeys } from './use-trust-of-keys.ts';

interface KeysTableProps {
  readonly keys: readonly SigningKey[];
  readonly selected: string | undefined;
  readonly onSelect: (name: string) => void;
  readonly onMakeDefault: (name: string) => void;
}

export function KeysTable({ keys, selected, onSelect, onMakeDefault }: KeysTableProps) {
  const t = useText();
  return (
    <div className={styles.table}>
      <Table
        aria-label={t('keys.title')}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={selected === undefined ? [] : [selected]}
        onSelectionChange={(chosen) => {
          if (chosen !== 'all') for (const name of chosen) onSelect(String(name));
        }}
      >
        <TableHeader>
          <Column isRowHeader>{t('keys.name')}</Column>
          <Column>{t('keys.type')}</Column>
          <Column>{t('keys.where')}</Column>
          <Column>{t('keys.subject')}</Column>
          <Column>{t('keys.expiresIn')}</Column>
          <Column>{t('keys.policies')}</Column>
        </TableHeader>
        <TableBody>
          {keys.map((key) => (
            <Row key={key.name} id={key.name} textValue={key.name}>
              <Cell>
                <NameCell signingKey={key} onMakeDefault={onMakeDefault} />
              </Cell>
              <Cell>{key.algorithm ? algorithmName(key.algorithm) : ''}</Cell>
              <Cell>
                <WhereCell signingKey={key} />
              </Cell>
              <Cell>
                <SubjectCell signingKey={key} />
              </Cell>
              <Cell>{key.chain[0] && <ExpiryChip {...key.chain[0]} />}</Cell>
              <Cell>
                <PoliciesCell signingKey={key} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function NameCell({
  signingKey,
  onMakeDefault,
}: {
  readonly signingKey: SigningKey;
  readonly onMakeDefault: (name: string) => void;
}) {
  const t = useText();
  const errorText = useErrorText();
  const { name, isDefault, problems } = signingKey;
  const [problem] = problems;
  return (
    <div className={styles.name}>
      {isDefault ? (
        <Star role="img" aria-hidden={false} aria-label={t('keys.isDefault')} className={styles.default} />
      ) : (
        <IconButton size="small" label={t('keys.makeDefaultOf', { name })} onPress={() => onMakeDefault(name)}>
          <Star aria-hidden />
        </IconButton>
      )}
      <div>
        <b className="cut">
          <Untrusted text={name} cut />
        </b>
        <span className={styles.nameLine}>
          {isForTests(signingKey) && <TestMark />}
          {problem ? (
            <small className={styles.problem}>{isGone(signingKey) ? t('keys.gone') : errorText(problem).title}</small>
          ) : (
            isDefault && <small>{t('keys.isDefault')}</small>
          )}
        </span>
      </div>
    </div>
  );
}

function WhereCell({ signingKey: { kind, keyPath, pluginName, pluginKeyId } }: { readonly signingKey: SigningKey }) {
  const t = useText();
  const Icon = kind === 'local' ? FileKey : Plug;
  const detail = kind === 'local' ? fileName(keyPath ?? '') : (pluginKeyId ?? '');
  return (
    <div className={styles.where}>
      <Icon aria-hidden />
      <div>
        {kind === 'local' ? t('keys.file') : <Untrusted text={pluginName ?? ''} cut />}
        <small>
          <Untrusted text={detail} cut />
        </small>
      </div>
    </div>
  );
}

function SubjectCell({ signingKey: { chain, kind } }: { readonly signingKey: SigningKey }) {
  const t = useText();
  const [leaf] = chain;
  if (!leaf)
    return <span className="sub">{kind === 'plugin' ? t('keys.knownByPlugin') : t('keys.noCertificate')}</span>;
  return (
    <div className={styles.two}>
      <Untrusted text={leaf.commonName} cut />
      <small>
        <Untrusted text={restOfSubject(leaf.subject)} cut />
      </small>
    </div>
  );
}

function PoliciesCell({ signingKey }: { readonly signingKey: SigningKey }) {
  const t = useText();
  const trust = useTrustOfKeys()(signingKey);
  if (!trust || signingKey.kind === 'plugin') return null;
  if (trust.policies.length === 0) return <span className="sub">{t('keys.none')}</span>;
  return (
    <span className={styles.policies}>
      <Untrusted text={trust.policies[0] ?? ''} cut />
      {trust.policies.length > 1 && <Tag>+{trust.policies.length - 1}</Tag>}
    </span>
  );
}
