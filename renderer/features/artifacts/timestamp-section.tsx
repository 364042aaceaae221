import { Link } from '@tanstack/react-router';
import type { SignatureDetails } from '../../../shared/model/artifact.ts';
import type { TimestampDetails } from '../../../shared/model/timestamp.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { buttonLink } from '../../ui/button.tsx';
import { ChainView } from '../../ui/chain-view.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './artifact-page.module.css';

/** The timestamp token decoded: when, by whom, over what; whether a policy trusts it is told under the verdict. */
export function TimestampSection({ signature }: { readonly signature: SignatureDetails }) {
  const t = useText();
  const { hasTimestamp, timestamp, timestampFault } = signature;
  return (
    <Section title={t('artifacts.timestamp')}>
      {!hasTimestamp && <p className="dim">{t('artifacts.timestampNone')}</p>}
      {timestampFault && (
        <Callout tone="bad" title={t('artifacts.timestampUseless')}>
          <p>
            <Rich
              id={`reasons.${timestampFault.code}`}
              values={{ fault: String(timestampFault.details['fault'] ?? '') }}
            />
          </p>
        </Callout>
      )}
      {timestamp && <Token timestamp={timestamp} />}
    </Section>
  );
}

function Token({ timestamp }: { readonly timestamp: TimestampDetails }) {
  const t = useText();
  const format = useFormat();
  const { chain, accuracyMs, nonce, tsa } = timestamp;
  const [signer] = chain;
  const last = chain.at(-1);
  const accuracy =
    accuracyMs === 0 ? t('artifacts.timestampExact') : t('artifacts.timestampAccuracy', { ms: accuracyMs });
  return (
    <>
      <Facts
        items={[
          [t('artifacts.timestampTime'), format.dateTime(timestamp.time)],
          [t('artifacts.timestampGiveOrTake'), accuracy],
          [
            t('artifacts.timestampAuthority'),
            <Untrusted key="authority" text={signer?.commonName ?? tsa ?? t('artifacts.timestampUnnamed')} />,
          ],
          [t('artifacts.timestampTsa'), tsa && <Untrusted key="tsa" text={tsa} />],
          [t('artifacts.timestampPolicy'), <Untrusted key="policy" text={timestamp.policy} mono />],
          [t('artifacts.timestampSerial'), <Untrusted key="serial" text={timestamp.serialNumber} mono />],
          [t('artifacts.timestampNonce'), nonce && <Untrusted key="nonce" text={nonce} mono />],
          [t('artifacts.timestampHash'), <Untrusted key="hash" text={timestamp.hashAlgorithm} />],
          [t('artifacts.factSize'), format.bytes(timestamp.size)],
        ]}
      />
      <details className={styles.chain}>
        <summary>{t('artifacts.timestampChain', { count: chain.length })}</summary>
        <ChainView
          chain={chain}
          actions={
            last?.isSelfSigned && (
              <Link to="/trust-stores" search={{ pem: last.pem, type: 'tsa' }} className={buttonLink('small')}>
                {t('artifacts.timestampTrust')}
              </Link>
            )
          }
        />
      </details>
    </>
  );
}
