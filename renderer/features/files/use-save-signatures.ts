import { toBase64 } from '../../client/base64.ts';
import { callHost } from '../../client/connection.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { downloadFile } from '../../ui/download.ts';
import { tellDone, useTellError } from '../../ui/toast.tsx';
import { changeEntry } from './files-store.ts';
import type { FileEntry } from './pairing.ts';

type Saving = (entries: readonly FileEntry[]) => Promise<void>;

async function toContent({ signature }: FileEntry): Promise<readonly { name: string; base64: string }[]> {
  if (!signature) return [];
  return [{ name: signature.name, base64: toBase64(new Uint8Array(await signature.arrayBuffer())) }];
}

/** Saves signatures that were made here: in the desktop through its own dialog, in a browser as downloads. */
export function useSaveSignatures(): Saving {
  const t = useText();
  const tellError = useTellError();
  const host = useCall('app.describeHost', {}).data;
  const isDesktop = host?.capabilities.includes('nativeDialog') ?? false;
  const saveThroughDialog: Saving = async (entries) => {
    const files = (await Promise.all(entries.map(toContent))).flat();
    const { files: saved } = await callHost('blobs.saveSignatures', { files });
    if (saved === null) return;
    const left = saved.filter(({ result }) => result !== 'saved');
    entries.forEach(({ key }, index) => changeEntry(key, { unsaved: saved[index]?.result !== 'saved' }));
    if (left.length === 0) tellDone(t('files.saved', { count: saved.length }));
    for (const { name, result, error } of left) {
      if (result === 'exists') tellError({ code: 'file.changedMeanwhile', details: { file: name } });
      else tellError(error);
    }
  };
  const saveAsDownloads: Saving = async (entries) => {
    for (const { key, signature } of entries) {
      if (!signature) continue;
      downloadFile(signature.name, signature);
      changeEntry(key, { unsaved: false });
    }
  };
  return (entries) => (isDesktop ? saveThroughDialog : saveAsDownloads)(entries).catch(tellError);
}
