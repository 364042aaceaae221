import { useNavigate } from '@tanstack/react-router';
import { useText } from '../../locales/use-text.tsx';
import { Segments } from '../../ui/choices.tsx';
import { useDocumentKind } from './document-kind.ts';

/** Goes from the policy of artifacts to that of files and back; drafts of both stay. */
export function DocumentSwitch() {
  const t = useText();
  const navigate = useNavigate();
  const kind = useDocumentKind();
  return (
    <Segments
      label={t('policies.document')}
      value={kind}
      onChange={(chosen) => void navigate({ to: '/policies', search: chosen === 'blob' ? { document: chosen } : {} })}
      choices={[
        { id: 'oci', label: t('policies.documentOci') },
        { id: 'blob', label: t('policies.documentBlob') },
      ]}
    />
  );
}
