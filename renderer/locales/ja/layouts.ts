import type { layouts as en } from '../en/layouts.ts';

export const layouts: Record<keyof typeof en, string> = {
  choice: 'このコンピューターの OCI イメージレイアウト',
  chooseArchive: 'tar アーカイブを選択…',
  drop: 'または、.tar・.tar.gz の OCI イメージレイアウト（256 MiB まで）をここにドロップ。Inkan は自分用のコピーを持ちます。',
  receiving: 'アーカイブを受け取り中…',
  unsaved: 'まだ保存していない署名が {count} 件あります。',
  unsavedText: 'アーカイブは元のままです。終了する前に署名済みのコピーを保存しないと、署名は失われます。',
  saveArchive: 'アーカイブとして保存…',
  saveFolder: 'フォルダとして保存…',
  download: '署名済みのコピーをダウンロード',
  saved: '{path} に保存しました',
  signedTitle: '署名しました（メモリ内）。',
  signedText: '署名エンベロープを検証しました。終了するまでレイアウトとともに保持します。',
  foundInCopy: '保存したコピーの index.json',
};
