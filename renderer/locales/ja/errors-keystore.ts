import type { keystoreCodes } from '../../../shared/errors/keystore-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const keystoreErrors: Record<keyof typeof keystoreCodes, ErrorMessages> = {
  'key.badName': {
    title: '「{name}」は鍵の名前に使えません。',
    cause: '{fault}',
    next: '英数字、ピリオド、ハイフン、下線を使ってください。',
  },
  'key.exists': {
    title: '「{name}」という鍵はすでにあります。',
    cause: '鍵の名前は重複できません。',
    next: '別の名前にするか、先に古い鍵を削除してください。',
  },
  'key.notFound': {
    title: '「{name}」という鍵はありません。',
    cause: 'この画面か notation key delete で一覧から外されました。',
    next: '一覧を確認してください。',
  },
  'key.fileExists': {
    title: 'ファイル {file} はすでにあります。',
    cause: 'Inkan は鍵や証明書のファイルを上書きしません。',
    next: '別の名前にするか、ファイルを移動してください。',
  },
  'key.malformed': {
    title: '秘密鍵として読めません。',
    cause: '{fault}',
    next: 'BEGIN PRIVATE KEY（PKCS#8）、BEGIN RSA PRIVATE KEY、BEGIN EC PRIVATE KEY のいずれかの PEM を指定してください。',
  },
  'key.encrypted': {
    title: '鍵がパスワードで保護されています。',
    cause: 'Notation と Inkan が使えるのは、パスワードのない鍵だけです。',
    next: 'openssl pkcs8 で復号するか、プラグインの鍵管理に置いてください。',
  },
  'key.unsupported': {
    title: 'この種類の鍵では署名できません。',
    cause: '{algorithm} です。使えるのは RSA 2048・3072・4096 と EC P-256・P-384・P-521 です。',
    next: '使える種類の鍵を指定してください。',
  },
  'key.doesNotMatch': {
    title: '鍵と証明書が対応していません。',
    cause: '証明書 {subject} は別の鍵のものです。',
    next: 'この鍵の証明書を、リーフを先頭にして指定してください。',
  },
  'key.badSubject': {
    title: '証明書のサブジェクトが使えません。',
    cause: '{field}：{fault}',
    next: '直してください。国は 2 文字、都道府県（ST）と組織（O）は必須です。',
  },
  'key.notTest': {
    title: '「{name}」はテスト用の鍵ではないため、ファイルは消しません。',
    cause: '{fault}',
    next: '一覧から外すだけにしてください。ファイルはそのまま残ります。',
  },
  'key.readableByOthers': {
    title: '{file} をほかの利用者が読めます。',
    cause: 'モードは {mode} です。秘密鍵は本人だけが読めるようにします。',
    next: 'chmod 600 を実行し、すでに読まれていないか検討してください。',
  },
  'key.notRepairable': {
    title: '「{name}」の項目は変更していません。',
    cause: '確認したときの場所にファイルがないか、その間に項目が変更されました。',
    next: '変更内容をもう一度確認してください。',
  },
  'key.placeForgotten': {
    title: '選択したフォルダーの記録が残っていません。',
    cause: '記録は直近の数件だけで、再起動すると消えます。',
    next: 'フォルダーをもう一度選択してください。',
  },
  'key.incomplete': {
    title: '「{name}」の登録内容が足りません。',
    cause: '鍵と証明書の組も、プラグインも指定されていません。',
    next: '一覧から外し、鍵を追加し直してください。',
  },
  'key.listMalformed': {
    title: 'signingkeys.json を読めません。',
    cause: '{fault}',
    next: 'ファイルを修正してください。読めないものは上書きしません。',
  },
  'trustStore.badName': {
    title: '「{name}」はトラストストアの名前に使えません。',
    cause: '{fault}',
    next: '英数字、ピリオド、ハイフン、下線を使ってください。',
  },
  'trustStore.notFound': {
    title: 'トラストストア {type}:{name} はありません。',
    cause: '削除されたか、作られる前にポリシーが参照しています。',
    next: '「トラストストア」で作るか、ポリシーから外してください。',
  },
  'trustStore.empty': {
    title: 'トラストストア {type}:{name} は空です。',
    cause: '証明書のないストアは、信頼の起点になりません。',
    next: '証明書を追加するか、ストアを削除してください。',
  },
  'trustStore.fileExists': {
    title: '{file} はすでに {type}:{name} にあります。',
    cause: 'Inkan は信頼済みの証明書を上書きしません。',
    next: '別のファイル名にするか、先に古いファイルを削除してください。',
  },
  'trustStore.fileNotFound': {
    title: '{type}:{name} に {file} はありません。',
    cause: 'この画面か notation cert delete で削除されました。',
    next: 'ストアを確認してください。',
  },
  'trustStore.badCertificate': {
    title: '{type}:{name} にこの証明書は入れられません。',
    cause: '{file}：{fault}',
    next: 'CA 証明書か、署名用の自己署名証明書を使ってください。',
  },
  'trustStore.noCertificate': {
    title: '{file} に証明書がありません。',
    cause: 'X.509 証明書の PEM も DER も含まれていません。',
    next: '別のファイルを選んでください。',
  },
  'trustStore.notConfirmed': {
    title: 'フィンガープリントが確認されていません。',
    cause: 'SHA-256 が {sha256} の証明書は、表示したものと違います。',
    next: '信頼する前に、フィンガープリントをもう一度照合してください。',
  },
  'policy.invalid': {
    title: 'ポリシーが無効なため、保存していません。',
    cause: '{count} 件の誤り：{message}',
    next: '印の付いた箇所を直してください。このままでは notation も受け付けません。',
  },
  'policy.notFound': {
    title: '信頼ポリシーがありません。',
    cause: '設定フォルダに trustpolicy.oci.json も trustpolicy.json もありません。',
    next: '「信頼ポリシー」で作成してください。',
  },
  'policy.versionNotFound': {
    title: 'ポリシーの版 {number} はもう残っていません。',
    cause: '履歴に残るのは、ファイルごとに新しい 100 版までです。古い版から順に消えます。',
    next: '別の版を選んでください。',
  },
  'file.changedMeanwhile': {
    title: '{file} は別のプログラムに変更されました。',
    cause: '編集を始めたときと内容が違うため、書き込んでいません。',
    next: '新しい内容を確認してから、もう一度変更してください。',
  },
  'file.notRegular': {
    title: '{file} は通常のファイルではありません。',
    cause: 'リンク、フォルダ、またはデバイスです。安全のため Inkan はたどりません。',
    next: '通常のファイルに置き換えてください。',
  },
  'file.unreadable': {
    title: '{file} を読めません。',
    cause: '{cause}',
    next: 'ファイルがあること、読み取り権限があることを確認してください。',
  },
  'file.malformed': {
    title: '{file} に誤りがあります。',
    cause: '{fault}',
    next: 'ファイルを修正してください。読めないものは上書きしません。',
  },
  'file.tooLarge': {
    title: '{file} が大きすぎます。',
    cause: '読むのは {limit, number} バイトまでです。',
    next: '正しいファイルか確認してください。',
  },
  'file.noSpace': {
    title: 'ディスクに空きがありません。',
    cause: '{file} を書き込めませんでした。元の内容はそのままです。',
    next: '空きを作ってから再試行してください。',
  },
  'file.notWritten': {
    title: '{file} を書き込めませんでした。',
    cause: '{cause}。元の内容はそのままです。',
    next: '書き込み権限を確認してください。',
  },
  'file.busy': {
    title: '{file} は別のプログラムが書き込み中です。',
    cause: '別の Inkan か、同じ Inkan の別の処理が使っています。',
    next: '少し待って再試行してください。',
  },
  'file.writableByOthers': {
    title: '{file} にほかの利用者が書き込めます。',
    cause: 'モードは {mode} です。書き込める人が、信頼する相手を決められてしまいます。',
    next: 'ほかの利用者の書き込み権限を外してください。',
  },
  'file.foreignOwner': {
    title: '{file} は別の利用者の所有です。',
    cause: '所有者は、信頼する相手や署名の鍵を変更できます。',
    next: '所有者を自分にするか、別の設定フォルダを使ってください。',
  },
  'file.badName': {
    title: '{file} はここで使えるファイル名ではありません。',
    cause: '{fault}',
    next: '別の名前にしてください。',
  },
};
