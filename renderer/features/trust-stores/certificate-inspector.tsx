import { Link } from '@tanstack/react-router';
import { FileBadge } from 'lucide-react';
import { useState } from 'react';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CertificateDetails } from '../../ui/certificate-details.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { downloadText } from '../../ui/download.ts';
import { WithActions } from '../../ui/inspector-pane.tsx';
import { CodeBlock, Facts, Inspector, Section } from '../../ui/page.tsx';
import { TestMark, useIsTest } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { OwnAnchor } from './own-anchor.tsx';
import { certCommand, storeReference } from './store-words.ts';

interface CertificateInspectorProps {
  readonly store: TrustStore;
  readonly file: string;
  readonly certificate: Certificate;
  readonly onDelete: () => void;
}

export function CertificateInspector({ store, file, certificate, onDelete }: CertificateInspectorProps) {
  const t = useText();
  const isTest = useIsTest();
  const [tab, setTab] = useState<'certificate' | 'pem'>('certificate');
  const actions = (
    <>
      <Button onPress={() => downloadText(file, certificate.pem)}>{t('trustStores.save')}</Button>
      <Button onPress={onDelete}>{t('trustStores.deleteFile')}</Button>
    </>
  );
  return (
    <WithActions actions={actions}>
      <Inspector
        title={
          <>
            <FileBadge aria-hidden />
            <Untrusted text={certificate.commonName} />
            {isTest(certificate) && <TestMark />}
          </>
        }
        label={t('trustStores.inspector')}
        tab={tab}
        onTab={setTab}
        tabs={[
          {
            id: 'certificate',
            label: t('trustStores.tabCertificate'),
            content: () => <CertificateTab store={store} file={file} certificate={certificate} />,
          },
          { id: 'pem', label: 'PEM', content: () => <CodeBlock text={certificate.pem} label="PEM" /> },
        ]}
      />
    </WithActions>
  );
}

function CertificateTab({ store, file, certificate }: Omit<CertificateInspectorProps, 'onDelete'>) {
  const t = useText();
  const command = certCommand('show', store, file);
  return (
    <>
      <CertificateDetails certificate={certificate}>
        <OwnAnchor {...certificate} />
      </CertificateDetails>
      <Section title={t('trustStores.store')}>
        <Facts
          items={[
            [t('trustStores.store'), <Untrusted key="store" text={storeReference(store)} mono />],
            [t('trustStores.file'), <Untrusted key="file" text={file} mono />],
            [
              t('trustStores.policies'),
              store.usedBy.length > 0 ? (
                <Link key="policies" to="/policies" search={{ statement: store.usedBy[0] }}>
                  <Untrusted text={store.usedBy.join(', ')} />
                </Link>
              ) : (
                t('trustStores.usedByNone')
              ),
            ],
          ]}
        />
      </Section>
      {command && (
        <Section title={t('trustStores.command')}>
          <CommandLine command={command} />
        </Section>
      )}
    </>
  );
}
