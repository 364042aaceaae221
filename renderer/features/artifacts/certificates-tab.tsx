import { Link } from '@tanstack/react-router';
import { Check, Info, X } from 'lucide-react';
import type { SignatureDetails } from '../../../shared/model/artifact.ts';
import type { Certificate, CertificateRuleName, RuleResult } from '../../../shared/model/certificate.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { buttonLink } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './artifact-page.module.css';

const roleWords = {
  leaf: 'artifacts.roleLeaf',
  intermediate: 'artifacts.roleIntermediate',
  root: 'artifacts.roleRoot',
} as const;

/** The chain, certificate by certificate, each with the rules it has to keep. */
export function CertificatesTab({ signature: { chain } }: { readonly signature: SignatureDetails }) {
  const t = useText();
  const root = chain.at(-1);
  return (
    <>
      <Section title={t('artifacts.chain')} note={t('artifacts.certificateCount', { count: chain.length })}>
        {chain.map((certificate) => (
          <CertificateCard key={certificate.sha256} certificate={certificate} />
        ))}
      </Section>
      {root && (
        <Link to="/trust-stores" search={{ pem: root.pem }} className={buttonLink('small')}>
          {t('artifacts.trustThis')}
        </Link>
      )}
    </>
  );
}

/** One certificate with the rules that were put to it. */
export function CertificateCard({ certificate }: { readonly certificate: Certificate }) {
  const t = useText();
  const { rules } = certificate;
  const judged = rules.filter(({ status }) => status !== 'note');
  const holding = judged.filter(({ status }) => status === 'holds').length;
  return (
    <article className={styles.certificate}>
      <div className={styles.certificateHead}>
        <b>
          <Untrusted text={certificate.commonName} />
        </b>
        <span>{t(roleWords[certificate.role])}</span>
      </div>
      <div className={styles.certificateText}>
        <Untrusted text={certificate.subject} />
      </div>
      <Section title={t('artifacts.rules')} note={t('artifacts.rulesHold', { holding, total: judged.length })}>
        <ul className={styles.rules}>
          {rules.map((rule, index) => (
            <Rule key={index} rule={rule} />
          ))}
        </ul>
      </Section>
      <Section title={t('artifacts.fingerprint')}>
        <Fingerprint sha256={certificate.sha256} />
      </Section>
      <Validity certificate={certificate} />
      <Section title={t('ui.details')}>
        <Facts
          items={[
            [t('artifacts.certificateKey'), <Untrusted key="key" text={certificate.keyAlgorithm} />],
            [t('artifacts.issuer'), <Untrusted key="issuer" text={certificate.issuer} />],
            [t('artifacts.serial'), <Untrusted key="serial" text={certificate.serialNumber} mono />],
            [
              t('artifacts.certificateUses'),
              <Untrusted key="uses" text={[...certificate.keyUsages, ...certificate.extendedKeyUsages].join(', ')} />,
            ],
          ]}
        />
      </Section>
    </article>
  );
}

function ruleWord(rule: string): MessageKey | undefined {
  const word = `artifacts.rule${rule.charAt(0).toUpperCase()}${rule.slice(1)}`;
  return word as `artifacts.rule${Capitalize<CertificateRuleName>}`;
}

function Rule({ rule: { rule, status, evidence, message } }: { readonly rule: RuleResult }) {
  const t = useText();
  const looks = { holds: [Check, styles.holds], broken: [X, styles.broken], note: [Info, styles.note] } as const;
  const [Icon, colour] = looks[status];
  const word = ruleWord(rule);
  return (
    <li>
      <Icon className={colour ?? ''} aria-hidden />
      <span>{word ? t(word) : rule}</span>
      {evidence && (
        <em>
          <Untrusted text={evidence} />
        </em>
      )}
      {message && status === 'broken' && (
        <small>
          <Untrusted text={message} />
        </small>
      )}
    </li>
  );
}

/** The whole fingerprint in groups of four; it is what people compare. */
function Fingerprint({ sha256 }: { readonly sha256: string }) {
  const t = useText();
  const groups = sha256.match(/.{1,4}/g) ?? [];
  return (
    <div className={styles.fingerprint}>
      <code>{groups.join(' ')}</code>
      <CopyButton text={sha256} label={t('artifacts.copyFingerprint')} />
    </div>
  );
}

function Validity({ certificate: { notBefore, notAfter } }: { readonly certificate: Certificate }) {
  const t = useText();
  const format = useFormat();
  const nowMs = useNow(60_000);
  const [from, to] = [Date.parse(notBefore), Date.parse(notAfter)];
  const part = Math.max(0, Math.min(1, (nowMs - from) / Math.max(1, to - from)));
  const left = to - nowMs;
  const note =
    left > 0
      ? t('artifacts.validityLeft', { left: format.span(left) })
      : t('artifacts.validityOver', { ago: format.relative(notAfter, nowMs) });
  return (
    <Section title={t('artifacts.validity')} note={note}>
      <div className={styles.validity} aria-hidden>
        <i style={{ width: `${part * 100}%` }} />
      </div>
      <div className={styles.ends}>
        <span>{format.dateTime(notBefore)}</span>
        <span>{format.dateTime(notAfter)}</span>
      </div>
    </Section>
  );
}
