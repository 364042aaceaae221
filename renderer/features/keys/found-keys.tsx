import type { KeyRepair } from '../../../shared/model/signing-key.ts';
import { useText } from '../../locales/use-text.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './repair.module.css';

/** What is found and replaced in the paths, each pair once. */
export function ReplacedParts({ found }: { readonly found: readonly KeyRepair[] }) {
  const t = useText();
  const pairs = found.flatMap(({ replaced }) => (replaced ? [replaced] : []));
  const different = pairs.filter(
    ({ find, replace }, index) =>
      pairs.findIndex((other) => other.find === find && other.replace === replace) === index,
  );
  if (different.length === 0) return null;
  return (
    <Section title={t('keys.repairReplaced')}>
      {different.map(({ find, replace }) => (
        <Facts
          key={`${find}\n${replace}`}
          items={[
            [t('keys.repairFind'), <Untrusted key="find" text={find} mono />],
            [t('keys.repairReplace'), <Untrusted key="replace" text={replace} mono />],
          ]}
        />
      ))}
    </Section>
  );
}

interface FoundKeysProps {
  readonly found: readonly KeyRepair[];
  /** Names of keys that stay as they are. */
  readonly left: ReadonlySet<string>;
  readonly onChoose: (name: string, isChosen: boolean) => void;
}

/** Each entry as it is and as it would be. */
export function FoundKeys({ found, left, onChoose }: FoundKeysProps) {
  const t = useText();
  if (found.length === 0) return null;
  const count = found.filter(({ name, problems }) => problems.length === 0 && !left.has(name)).length;
  return (
    <Section title="signingkeys.json" note={t('keys.repairFound', { count })}>
      <ul className={styles.found}>
        {found.map((repair) => (
          <FoundKey
            key={repair.name}
            repair={repair}
            isChosen={!left.has(repair.name)}
            onChoose={(isChosen) => onChoose(repair.name, isChosen)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface FoundKeyProps {
  readonly repair: KeyRepair;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function FoundKey({ repair: { name, keyPath, certificatePath, problems }, isChosen, onChoose }: FoundKeyProps) {
  const t = useText();
  return (
    <li>
      <Checkbox
        isSelected={isChosen && problems.length === 0}
        isDisabled={problems.length > 0}
        onChange={onChoose}
        aria-label={t('keys.repairKey', { name })}
      >
        <b>
          <Untrusted text={name} />
        </b>
      </Checkbox>
      <Change {...keyPath} />
      <Change {...certificatePath} />
      {problems.map((problem) => (
        <ErrorCard key={problem.code} error={problem} />
      ))}
    </li>
  );
}

function Change({ before, after }: KeyRepair['keyPath']) {
  const t = useText();
  if (before === after) {
    return (
      <p className={styles.path}>
        <Untrusted text={t('keys.repairSame', { path: after })} mono />
      </p>
    );
  }
  return (
    <p className={styles.path}>
      <del>
        <span className="visually-hidden">{t('keys.repairBefore')}</span>
        <Untrusted text={before} mono />
      </del>
      <ins>
        <span className="visually-hidden">{t('keys.repairAfter')}</span>
        <Untrusted text={after} mono />
      </ins>
    </p>
  );
}
