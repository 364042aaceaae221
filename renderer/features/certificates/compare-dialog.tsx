import { FileBadge } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { toBase64 } from '../../client/base64.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { TestMark, useIsTest } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { ComparedTable } from './compared-table.tsx';
import styles from './compare.module.css';
import { useKnownCertificates, type KnownCertificate } from './use-known-certificates.ts';

const pasteMs = 200;
const shownAtMost = 30;

/** Reads certificates in PEM; only the first one counts. */
function useCertificate(pem: string) {
  const content = toBase64(new TextEncoder().encode(pem));
  const found = useCall('trustStores.inspectCertificates', { content }, { enabled: pem !== '', staleTimeMs: Infinity });
  return [found, found.data?.certificates[0]] as const;
}

/** Sets a certificate beside another one, which is chosen from keys and stores or pasted. */
export function CompareDialog({ pem, onClose }: { readonly pem: string; readonly onClose: () => void }) {
  const t = useText();
  const [left, certificate] = useCertificate(pem);
  const [other, setOther] = useState<Certificate | null>(null);
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={t('certificates.compareTitle')}
      footer={
        <>
          {other && <Button onPress={() => setOther(null)}>{t('certificates.compareOther')}</Button>}
          <Button onPress={onClose}>{t('ui.close')}</Button>
        </>
      }
    >
      {left.isError && <ErrorCard error={left.error} />}
      {left.isPending && <SkeletonRows count={4} />}
      {certificate && other && <ComparedTable left={certificate} right={other} />}
      {certificate && !other && <OtherChoice certificate={certificate} onChoose={setOther} />}
    </Dialog>
  );
}

interface OtherChoiceProps {
  readonly certificate: Certificate;
  readonly onChoose: (certificate: Certificate) => void;
}

function matches({ certificate, places }: KnownCertificate, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [certificate.subject, certificate.sha256, ...places].some((part) => part.toLowerCase().includes(wanted));
}

function OtherChoice({ certificate, onChoose }: OtherChoiceProps) {
  const t = useText();
  const [text, setText] = useState('');
  const settled = useDebounced(text, pasteMs);
  const isPem = settled.includes('-----BEGIN');
  const [pasted, found] = useCertificate(isPem ? settled : '');
  const known = useKnownCertificates().filter((candidate) => candidate.certificate.sha256 !== certificate.sha256);
  const fitting = isPem ? [] : known.filter((candidate) => matches(candidate, settled));
  const shown = found ? [{ certificate: found, places: [] }] : fitting.slice(0, shownAtMost);
  return (
    <>
      <p>
        <b>
          <Untrusted text={certificate.commonName} />
        </b>{' '}
        {t('certificates.compareWith')}
      </p>
      <TextField lines label={t('certificates.compareFind')} value={text} onChange={setText} />
      {isPem && pasted.isError && <ErrorCard error={pasted.error} />}
      {!isPem && fitting.length === 0 && <p className="sub">{t('certificates.compareNone')}</p>}
      <ul className={styles.known}>
        {shown.map((candidate) => (
          <li key={candidate.certificate.sha256}>
            <Candidate candidate={candidate} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {fitting.length > shownAtMost && (
        <p className="sub">{t('certificates.compareMore', { count: fitting.length - shownAtMost })}</p>
      )}
    </>
  );
}

function Candidate({
  candidate: { certificate, places },
  onChoose,
}: {
  readonly candidate: KnownCertificate;
  readonly onChoose: (certificate: Certificate) => void;
}) {
  const isTest = useIsTest();
  return (
    <AriaButton className={styles.candidate ?? ''} onPress={() => onChoose(certificate)}>
      <FileBadge aria-hidden />
      <b className="cut">
        <Untrusted text={certificate.commonName} cut />
      </b>
      {isTest(certificate) && <TestMark />}
      <small className="cut">
        <Untrusted text={places.join(', ')} cut />
      </small>
      <code>{certificate.sha256.slice(0, 12)}</code>
    </AriaButton>
  );
}
