import type { SignatureDetails } from '../../../shared/model/artifact.ts';
import { useText } from '../../locales/use-text.tsx';
import { CodeBlock, Section } from '../../ui/page.tsx';

/** Envelope and manifest as they were received. */
export function RawTab({ signature }: { readonly signature: SignatureDetails }) {
  const t = useText();
  return (
    <>
      <Section title={t('artifacts.rawManifest')}>
        <CodeBlock text={signature.manifest} label={t('artifacts.rawCopyManifest')} />
      </Section>
      {signature.diagnostic !== undefined && (
        <Section title={t('artifacts.rawDiagnostic')}>
          <CodeBlock text={signature.diagnostic} label={t('artifacts.rawCopyDiagnostic')} />
        </Section>
      )}
      <Section title={t('artifacts.rawEnvelope')} note={signature.envelope.mediaType}>
        <CodeBlock text={signature.raw} label={t('artifacts.rawCopyEnvelope')} />
      </Section>
    </>
  );
}
