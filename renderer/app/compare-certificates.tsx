import { useNavigate, useSearch } from '@tanstack/react-router';
import { CompareDialog } from '../features/certificates/compare-dialog.tsx';

/** The dialog that sets a certificate beside another one, over whatever screen is shown. */
export function CompareCertificates() {
  const navigate = useNavigate();
  const { compare } = useSearch({ strict: false });
  if (compare === undefined) return null;
  return (
    <CompareDialog
      key={compare}
      pem={compare}
      onClose={() => void navigate({ to: '.', search: (now) => ({ ...now, compare: undefined }) })}
    />
  );
}
