import { FileSearch } from 'lucide-react';
import { useState } from 'react';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { isGone } from './key-words.ts';
import { RepairDialog } from './repair-dialog.tsx';

/** Tells of keys whose files are not where the list says, with the way to mend that; nothing when there are none. */
export function GoneFiles({ keys }: { readonly keys: readonly SigningKey[] }) {
  const t = useText();
  const gone = keys.filter(isGone);
  if (gone.length === 0) return null;
  return (
    <Callout tone="bad" title={t('keys.goneTitle', { count: gone.length })} actions={<RepairButton />}>
      <p>
        <Untrusted text={t('keys.goneText', { names: gone.map(({ name }) => name).join(t('certificates.comma')) })} />
      </p>
    </Callout>
  );
}

/** Opens the search for files that are gone. */
export function RepairButton() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <FileSearch aria-hidden />
        {t('keys.repair')}
      </Button>
      {isOpen && <RepairDialog onClose={() => setOpen(false)} />}
    </>
  );
}
