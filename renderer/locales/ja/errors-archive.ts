import type { archiveCodes } from '../../../shared/errors/archive-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const archiveErrors: Record<keyof typeof archiveCodes, ErrorMessages> = {
  'archive.malformed': {
    title: 'アーカイブを読めません。',
    cause: '壊れているか、途中で切れているか、別の形式のファイルです：{fault}',
    next: '入手し直し、配布元が公開しているチェックサムと比べてください。',
  },
  'archive.tooLarge': {
    title: 'アーカイブの中身が Inkan の上限を超えています。',
    cause:
      '上限（{what}）は {limit, number} です。展開すると元より極端に大きくなるアーカイブは、ディスクを埋めるために作られた可能性があります。',
    next: '信頼できるものであれば、自分で展開してから使ってください。',
  },
  'archive.unsafeEntry': {
    title: 'アーカイブに安全でない項目があります。',
    cause:
      '「{entry}」は{fault, select, leavesFolder {展開先フォルダの外に書き込まれます} absolute {ディスク上の絶対パスを指しています} link {通常のファイルであるべきところがリンクか特殊ファイルです} special {デバイスなどの特殊ファイルです} duplicate {二つあり、どちらを採るかがプログラムによって異なります} sameButCase {大文字と小文字だけが違う項目がほかにあります} badName {保存できない OS がある名前です} inFolder {フォルダの中にあります。置けるのは最上位の通常ファイルだけです} other {許可されていません}}。',
    next: '展開せず、配布元に別のアーカイブを求めてください。',
  },
  'layout.dockerArchive': {
    title: '「{path}」は docker save のアーカイブで、OCI イメージレイアウトではありません。',
    cause:
      'manifest.json はありますが oci-layout も index.json もなく、署名や検証の対象になるダイジェストがありません。',
    next: 'docker buildx build --output type=oci、skopeo copy … oci-archive:、または新しい docker save で OCI レイアウトとして保存してください。',
  },
  'layout.archiveKept': {
    title: 'Inkan はアーカイブに書き込みません。',
    cause: '「{path}」は元のまま残します。署名によって手元のファイルが変わることはありません。',
    next: '署名済みのコピーを、新しいアーカイブかフォルダとして保存してください。',
  },
};
