import type { VerifiedTimestamp } from '../../../shared/model/timestamp.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Facts } from '../../ui/page.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { RevocationDetails } from './revocation-details.tsx';

/** What the token says, and what was asked about its authority. */
export function TimestampFacts({ timestamp }: { readonly timestamp: VerifiedTimestamp }) {
  const t = useText();
  const format = useFormat();
  const { time, earliest, latest, accuracyMs, signer, store, revocation = [] } = timestamp;
  return (
    <>
      <Facts
        items={[
          [t('verify.stampTime'), format.dateTime(time)],
          [
            t('verify.stampRange'),
            accuracyMs > 0 &&
              t('verify.stampBetween', { earliest: format.dateTime(earliest), latest: format.dateTime(latest) }),
          ],
          [t('verify.stampAuthority'), <Untrusted key="signer" text={signer} />],
          [t('verify.stampStore'), store && <Untrusted key="store" text={store} />],
        ]}
      />
      {revocation.some(({ questions }) => questions.length > 0) && <RevocationDetails certificates={revocation} />}
    </>
  );
}
