import { Link } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { labScope, labSourceId, labTag, type Lab } from '../../../shared/model/lab.ts';
import { useCall } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { CertificateChain } from '../../ui/certificate-chain.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Facts } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import styles from './lab.module.css';
import { useLabVerdict } from './use-lab-verdict.ts';

/** What was made, with the way to each part of it, and whether it verifies right now. */
export function ExampleCard({ lab }: { readonly lab: Lab }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(60_000);
  const verdict = useLabVerdict(labTag);
  return (
    <section className={styles.card} aria-labelledby="lab-example">
      <header>
        <FlaskConical aria-hidden />
        <h2 id="lab-example">{t('lab.exampleTitle')}</h2>
        <TestMark />
        <span className="sub">{t('lab.madeAt', { when: format.relative(lab.madeAt, now) })}</span>
        <span className={styles.verdict}>
          <VerdictChip verdict={verdict.data?.verdict ?? (verdict.isError ? 'couldNotCheck' : 'checking')} />
        </span>
      </header>
      {verdict.isError && <ErrorCard error={verdict.error} onRetry={() => void verdict.refetch()} />}
      <div className={styles.split}>
        <ExampleFacts lab={lab} />
        <Chain name={lab.name} />
      </div>
      {verdict.data && <CommandLine command={verdict.data.cli.command} />}
    </section>
  );
}

function ExampleFacts({ lab }: { readonly lab: Lab }) {
  const t = useText();
  const stores = lab.stores.map((store) => (
    <Link key={store} to="/trust-stores" search={{ store }} className={styles.part}>
      <Untrusted text={store} mono />
    </Link>
  ));
  return (
    <Facts
      items={[
        [
          t('lab.artifact'),
          <Link
            key="artifact"
            to="/sources/$sourceId/artifact"
            params={{ sourceId: labSourceId }}
            search={{ repository: '', reference: labTag }}
          >
            {t('lab.openArtifact', { reference: labTag })}
          </Link>,
        ],
        [
          t('lab.key'),
          <Link key="key" to="/keys" search={{ key: lab.name }}>
            <Untrusted text={lab.name} mono />
          </Link>,
        ],
        [t('lab.stores'), stores],
        [
          t('lab.policy'),
          <Link key="policy" to="/policies" search={{ statement: lab.statement }}>
            <Untrusted text={lab.statement} mono />
          </Link>,
        ],
        [t('lab.scope'), <code key="scope">{labScope}</code>],
        [t('lab.identity'), <Untrusted key="identity" text={lab.identity} mono />],
      ]}
    />
  );
}

function Chain({ name }: { readonly name: string }) {
  const t = useText();
  const key = useCall('keys.listKeys', {}).data?.keys.find((candidate) => candidate.name === name);
  if (!key || key.chain.length === 0) return null;
  return (
    <div>
      <h3>{t('lab.chain')}</h3>
      <CertificateChain chain={key.chain} />
    </div>
  );
}
