import type { OutputOf } from '../../../shared/contract/contract.ts';
import { toBase64 } from '../../client/base64.ts';
import { useCall } from '../../client/use-call.ts';
import { useSettings } from '../../client/use-settings.ts';
import { useText } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { Segments, SelectField, type Choice } from '../../ui/choices.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FileInput } from '../../ui/file-input.tsx';
import { noTimestamp, type TimestampDraft } from './sign-draft.ts';
import styles from './sign.module.css';

interface TimestampFormProps {
  readonly draft: TimestampDraft;
  readonly onChange: (draft: TimestampDraft) => void;
}

type Stores = OutputOf<'trustStores.listStores'>['stores'];

const rootLimit = 98_304;
const given = 'given';

/** Whether an authority is to say when the signature was made, which one, and by which root its answer is trusted. */
export function TimestampForm({ draft, onChange }: TimestampFormProps) {
  const t = useText();
  const { timestampAuthorities } = useSettings();
  const [last] = timestampAuthorities;
  const turnOn = (): TimestampDraft => {
    if (draft.url !== '' || !last) return { ...draft, isWanted: true };
    return { ...noTimestamp, isWanted: true, url: last.url, root: last.root ?? null };
  };
  return (
    <div className={styles.timestamp}>
      <div>
        <div className={styles.label}>{t('sign.timestamp')}</div>
        <Segments
          label={t('sign.timestamp')}
          value={draft.isWanted ? 'wanted' : 'none'}
          onChange={(id) => onChange(id === 'wanted' ? turnOn() : { ...draft, isWanted: false })}
          choices={[
            { id: 'none', label: t('sign.timestampNone') },
            { id: 'wanted', label: t('sign.timestampWanted') },
          ]}
        />
        <div className={styles.hint}>{t('sign.timestampHint')}</div>
      </div>
      {draft.isWanted && (
        <>
          <Address draft={draft} onChange={onChange} />
          <Root draft={draft} onChange={onChange} />
        </>
      )}
    </div>
  );
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The address, typed or one that signed before. */
function Address({ draft, onChange }: TimestampFormProps) {
  const t = useText();
  const { timestampAuthorities } = useSettings();
  const others = timestampAuthorities.filter(({ url }) => url !== draft.url);
  const address = draft.url.trim();
  return (
    <>
      <TextField
        mono
        label={t('sign.timestampUrl')}
        value={draft.url}
        maxLength={2048}
        placeholder="http://timestamp.example.com"
        fault={address === '' || isUrl(address) ? undefined : t('sign.timestampUrlWrong')}
        onChange={(url) => onChange({ ...draft, url })}
      />
      {others.length > 0 && (
        <SelectField
          label={t('sign.timestampKnown')}
          value={null}
          placeholder={t('sign.timestampKnownChoose')}
          choices={others.map(({ url, root }) => ({
            id: url,
            label: toVisibleText(url),
            ...(root && { text: toVisibleText(`tsa:${root.store} · ${root.file}`) }),
          }))}
          onChange={(url) => {
            const root = others.find((authority) => authority.url === url)?.root;
            onChange({ ...draft, url, ...(root && { root }) });
          }}
        />
      )}
    </>
  );
}

/** Files of `tsa` stores that hold exactly one certificate: the reference takes no other. */
function toRoots(stores: Stores): readonly (Choice<string> & { readonly store: string; readonly file: string })[] {
  return stores
    .filter(({ type }) => type === 'tsa')
    .flatMap(({ name, files }) =>
      files.flatMap(({ file, certificates, problem }) => {
        const [root, second] = certificates;
        if (!root || second || problem) return [];
        const label = toVisibleText(`tsa:${name} · ${file}`);
        return [{ id: `${name}/${file}`, store: name, file, label, text: toVisibleText(root.commonName) }];
      }),
    );
}

function Root({ draft, onChange }: TimestampFormProps) {
  const t = useText();
  const { data } = useCall('trustStores.listStores', {});
  const roots = toRoots(data?.stores ?? []);
  const isGiven = draft.root === given || (draft.root === null && data !== undefined && roots.length === 0);
  const chosen = draft.root === null || draft.root === given ? null : `${draft.root.store}/${draft.root.file}`;
  const choose = (id: string) => {
    const found = roots.find((root) => root.id === id);
    onChange({ ...draft, root: found ? { store: found.store, file: found.file } : given });
  };
  return (
    <>
      {roots.length > 0 && (
        <SelectField
          label={t('sign.timestampRoot')}
          value={isGiven ? given : chosen}
          placeholder={t('sign.timestampRootChoose')}
          hint={t('sign.timestampRootHint')}
          choices={[...roots, { id: given, label: t('sign.timestampRootGiven') }]}
          onChange={choose}
        />
      )}
      {isGiven && <GivenRoot draft={draft} onChange={onChange} isAlone={roots.length === 0} />}
    </>
  );
}

/** A root from elsewhere: dropped, chosen or pasted. */
function GivenRoot({ draft, onChange, isAlone }: TimestampFormProps & { readonly isAlone: boolean }) {
  const t = useText();
  const give = (changes: Partial<TimestampDraft>) => onChange({ ...draft, root: given, ...changes });
  return (
    <div>
      {isAlone && <div className={styles.label}>{t('sign.timestampRoot')}</div>}
      <div className={styles.given}>
        <FileInput
          label={t('sign.timestampRootFile')}
          hint={draft.dropped ? toVisibleText(draft.dropped.name) : t('sign.timestampRootDrop')}
          accept={['.pem', '.crt', '.cer', '.der']}
          limit={rootLimit}
          onFiles={([file]) => {
            if (file) give({ dropped: { name: file.name, content: toBase64(file.bytes) }, pasted: '' });
          }}
        />
        <TextField
          lines
          label={t('sign.timestampRootPaste')}
          value={draft.pasted}
          placeholder="-----BEGIN CERTIFICATE-----"
          hint={isAlone ? t('sign.timestampRootHint') : undefined}
          onChange={(pasted) => give({ pasted, dropped: null })}
        />
      </div>
    </div>
  );
}
