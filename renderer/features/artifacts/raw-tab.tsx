import { useState } from 'react';
import type { SignatureDetails } from '../../../shared/model/artifact.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock, Section } from '../../ui/page.tsx';
import { InspectionDialog, type InspectionTarget } from './inspection-dialog.tsx';

/** Envelope and manifest as they were received. */
export function RawTab({
  signature,
  target,
}: {
  readonly signature: SignatureDetails;
  /** Where it is attached; absent for the signature of a file. */
  readonly target?: InspectionTarget;
}) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {target && (
        <>
          <div>
            <Button onPress={() => setOpen(true)}>{t('artifacts.inspect')}</Button>
          </div>
          <InspectionDialog target={target} isOpen={isOpen} onClose={() => setOpen(false)} />
          <Section title={t('artifacts.rawManifest')}>
            <CodeBlock text={signature.manifest} label={t('artifacts.rawCopyManifest')} />
          </Section>
        </>
      )}
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
