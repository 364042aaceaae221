import { Check, FileBadge, X } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { Certificate, RuleResult } from '../../shared/model/certificate.ts';
import { useText, type Translate } from '../locales/use-text.tsx';
import { classes } from './classes.ts';
import styles from './certificate.module.css';
import { TestMark, useIsTest } from './test-mark.tsx';
import { Untrusted } from './untrusted.tsx';

interface CertificateChainProps {
  /** Leaf first, as everywhere; shown root first. */
  readonly chain: readonly Certificate[];
  /** SHA-256 of the certificate whose details are shown elsewhere. */
  readonly selected?: string | undefined;
  readonly onSelect?: (sha256: string) => void;
}

/** A chain as stacked cards, root first. */
export function CertificateChain({ chain, selected, onSelect }: CertificateChainProps) {
  return (
    <ol className={styles.chain}>
      {chain.toReversed().map((certificate, depth) => (
        <li key={certificate.sha256} className={styles.link} data-depth={Math.min(depth, 4)}>
          <ChainCard
            certificate={certificate}
            isLast={depth === chain.length - 1}
            isSelected={chain.length > 1 && certificate.sha256 === selected}
            {...(onSelect && chain.length > 1 ? { onSelect } : {})}
          />
        </li>
      ))}
    </ol>
  );
}

interface ChainCardProps {
  readonly certificate: Certificate;
  readonly isLast: boolean;
  readonly isSelected: boolean;
  readonly onSelect?: (sha256: string) => void;
}

function ChainCard({ certificate, isLast, isSelected, onSelect }: ChainCardProps) {
  const t = useText();
  const isTest = useIsTest();
  const content = (
    <>
      <FileBadge aria-hidden />
      <b className="cut">
        <Untrusted text={certificate.commonName} cut />
      </b>
      <em className={styles.marks}>
        {isTest(certificate) && <TestMark />}
        {roleText(certificate, isLast, t)}
      </em>
      <small>
        <span>{describe(certificate, t)}</span>
        <Tally rules={certificate.rules} />
      </small>
    </>
  );
  if (!onSelect) return <div className={styles.card}>{content}</div>;
  return (
    <Button
      className={classes(styles.card, styles.choosable, isSelected && styles.on)}
      aria-pressed={isSelected}
      onPress={() => onSelect(certificate.sha256)}
    >
      {content}
    </Button>
  );
}

/** How many of its rules a certificate keeps. */
function Tally({ rules }: { readonly rules: readonly RuleResult[] }) {
  const t = useText();
  const judged = rules.filter(({ status }) => status !== 'note');
  if (judged.length === 0) return null;
  const count = judged.filter(({ status }) => status === 'holds').length;
  const isBroken = count < judged.length;
  const Icon = isBroken ? X : Check;
  return (
    <span className={styles.tally} data-broken={isBroken}>
      <Icon aria-hidden />
      {t('certificates.rulesHold', { count, total: judged.length })}
    </span>
  );
}

function roleText({ role, isSelfSigned }: Certificate, isLast: boolean, t: Translate): string {
  if (isLast && isSelfSigned) return t('certificates.roleSelfSigned');
  if (role === 'root') return t('certificates.roleRoot');
  return role === 'leaf' ? t('certificates.roleLeaf') : t('certificates.roleIntermediate');
}

/** `RSA 2048, CA, path length 1, self-signed`. */
function describe(certificate: Certificate, t: Translate): string {
  const { keyAlgorithm, isCa, pathLength, isSelfSigned, extendedKeyUsages } = certificate;
  return [
    keyAlgorithm,
    isCa ? t('certificates.ca') : '',
    pathLength === undefined ? '' : t('certificates.pathLength', { length: pathLength }),
    isCa ? '' : extendedKeyUsages.join(', '),
    isSelfSigned ? t('certificates.selfSigned') : '',
  ]
    .filter(Boolean)
    .join(t('certificates.comma'));
}
