import { Check, X } from 'lucide-react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useText } from '../../locales/use-text.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import type { Draft } from './add-certificates-dialog.tsx';
import { certCommand, isStoreName, storeTypes } from './store-words.ts';
import styles from './trust-stores.module.css';

interface StoreTargetProps {
  readonly draft: Draft;
  readonly target: { readonly name: string; readonly file: string };
  readonly inspection: OutputOf<'trustStores.inspectCertificates'>;
  readonly stores: readonly TrustStore[];
  readonly onChange: (changes: Partial<Draft>) => void;
}

/** Which store takes the certificates; a type that would not says why. */
export function StoreTarget({ draft, target, inspection, stores, onChange }: StoreTargetProps) {
  const t = useText();
  const same = stores.filter(({ type }) => type === draft.type).map(({ name }) => name);
  const store = stores.find(({ type, name }) => type === draft.type && name === target.name);
  const isTaken = store?.files.some(({ file }) => file === target.file) ?? false;
  const command = certCommand('add', { type: draft.type, name: target.name }, target.file);
  const nameHint =
    same.length > 0 ? t('trustStores.existing', { names: same.slice(0, 8).join(', ') }) : t('trustStores.noneOfType');
  return (
    <>
      <RadioCards
        label={t('trustStores.type')}
        value={draft.type}
        onChange={(type) => onChange({ type })}
        choices={storeTypes.map((id) => ({
          id,
          label: <TypeLabel type={id} isAccepted={inspection.acceptedBy[id]} />,
          text: inspection.acceptedBy[id] ? (
            t(`trustStores.about_${id}`)
          ) : (
            <>
              {id === 'tsa' && t('trustStores.onlyRoots')} <Untrusted text={inspection.faults[id] ?? ''} />
            </>
          ),
          isDisabled: !inspection.acceptedBy[id],
        }))}
      />
      <div className={styles.target}>
        <TextField
          label={t('trustStores.name')}
          value={target.name}
          maxLength={64}
          mono
          onChange={(name) => onChange({ name })}
          hint={nameHint}
          fault={isStoreName(target.name) ? undefined : t('trustStores.badName')}
        />
        <TextField
          label={t('trustStores.file')}
          value={target.file}
          maxLength={128}
          mono
          onChange={(file) => onChange({ file })}
          hint={store ? t('trustStores.intoExisting') : t('trustStores.intoNew')}
          fault={isTaken ? t('trustStores.taken') : undefined}
        />
      </div>
      {command && <CommandLine command={command} />}
    </>
  );
}

function TypeLabel({ type, isAccepted }: { readonly type: string; readonly isAccepted: boolean }) {
  const t = useText();
  const Icon = isAccepted ? Check : X;
  return (
    <span className={styles.type} data-accepted={isAccepted}>
      <code>{type}</code>
      <Icon aria-hidden />
      {t(isAccepted ? 'trustStores.accepts' : 'trustStores.refuses')}
    </span>
  );
}
