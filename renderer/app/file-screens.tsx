import { CertificatesTab } from '../features/artifacts/certificates-tab.tsx';
import { EnvelopeTab } from '../features/artifacts/envelope-tab.tsx';
import { RawTab } from '../features/artifacts/raw-tab.tsx';
import { FilesPage } from '../features/files/files-page.tsx';
import { SignFilesSheet } from '../features/sign/sign-files-sheet.tsx';
import { FileVerdict } from '../features/verify/file-verdict.tsx';

const parts = { envelope: EnvelopeTab, certificates: CertificatesTab, raw: RawTab } as const;

/** Files: the slices that show them meet here. */
export function FilesScreen() {
  return (
    <FilesPage
      renderVerdict={(report, signature) => <FileVerdict report={report} chain={signature?.chain ?? []} />}
      renderSignature={(tab, signature) => {
        const Part = parts[tab];
        return <Part signature={signature} />;
      }}
      renderSignSheet={(files, onSigned, onClose) => (
        <SignFilesSheet files={files} onSigned={onSigned} onClose={onClose} />
      )}
    />
  );
}
