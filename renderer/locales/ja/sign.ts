import type { sign as en } from '../en/sign.ts';

export const sign: Record<keyof typeof en, string> = {
  title: '{name} に署名',
  what: '署名の対象',
  digest: 'タグではなくダイジェスト',
  key: '鍵',
  keyDefault: '{name}（既定）',
  keyPlugin: 'プラグイン {plugin} の鍵',
  keyProblem: '現在は署名に使えません',
  noKeys: '署名に使える鍵がまだありません。',
  makeKey: 'テスト用の鍵を作成',
  format: 'エンベロープの形式',
  formatHint:
    'JWS は JSON、COSE はコンパクトな CBOR です。notation はどちらも読めますが、片方しか作れないプラグインもあります。',
  expiry: '有効期限',
  expiryNever: 'なし',
  expiry1d: '1 日',
  expiry30d: '30 日',
  expiry1y: '1 年',
  expiryHint: '期限を過ぎると、証明書が有効でも notation は署名を受け入れません。',
  metadata: 'メタデータ',
  metadataHint:
    '署名に含める名前と値の組（例：io.example.build = 1042）。notation verify --user-metadata で照合できます。',
  metadataKey: '名前',
  metadataValue: '値',
  metadataAdd: '組を追加',
  metadataRemove: '{name} を削除',
  before: '署名の前に',
  planning: '支障がないか確認しています…',
  command: 'notation での同じ操作',
  verb: 'このダイジェストに署名',
  signing: '署名しています…',
  doneTitle: '署名し、プッシュしました。',
  doneText: 'エンベロープは、送り出す前にメモリ上で検証しています。',
  signature: '署名',
  subject: '対象',
  usedKey: '鍵',
  foundBy: '見つけ方',
  indexedRegistry: 'レジストリの referrers API',
  indexedTagIndex: 'referrers タグ（Inkan が更新）',
  indexedLayout: 'レイアウトの index.json（Inkan が更新）',
  movedTitle: 'タグ「{tag}」の指す先が変わりました。',
  movedText:
    '現在の指す先は <code>{digest}</code> です。署名の対象は表示していた内容で、現在の指す先には署名が付きません。',
  openMoved: '現在の指す先を見る',
  show: '署名を表示',
  warnings: '補足',
  'finding.signing.impossible': '{error}',
  'finding.signing.keyAtRisk': '{error}',
  'finding.signing.targetIsSignature':
    'これ自体が <code>{subject}</code> の署名です。署名したいのはその対象のほうだと思われます。',
  'finding.signing.expiryAfterCertificate':
    '署名の有効期限（{expiry}）より先に、証明書が {notAfter} に切れます。タイムスタンプがなければ、その時点から検証に失敗します。',
  'finding.signing.withPlugin':
    'プラグイン <b>{plugin}</b> が、その鍵 <code>{keyId}</code> で署名します。プラグインが起動するのは署名するときです。',
  'finding.signing.digestNotTag':
    'タグではなく、<b>{tag}</b> が今指しているダイジェストに署名します。タグを動かしても署名は付いていきません。',
  'finding.signing.indexOnly':
    'これはインデックスです。署名するのはインデックスだけで、{manifests} 件のマニフェスト自体には署名しません。',
  'finding.signing.outlivesCertificate':
    '<b>{host}</b> のタイムスタンプがあれば、その時刻認証局を信頼するポリシーのもとでは、証明書が切れる {notAfter} より後も検証できます。',
  'finding.signing.endsWithCertificate': 'タイムスタンプがないため、証明書が切れる {notAfter} まで検証できます。',
};
