import type { registryCodes } from '../../../shared/errors/registry-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const registryErrors: Record<keyof typeof registryCodes, ErrorMessages> = {
  'registry.sourceNotFound': {
    title: 'この接続先は一覧にありません。',
    cause: 'この画面か別のウィンドウで削除されました。',
    next: '左の一覧から選び直すか、もう一度追加してください。',
  },
  'registry.sourceExists': {
    title: '「{name}」はすでに一覧にあります。',
    cause: '同じレジストリやレイアウトは一度だけ登録できます。',
    next: '左の一覧から開いてください。設定もそこで変更できます。',
  },
  'registry.badHost': {
    title: '「{host}」はレジストリのホストではありません。',
    cause:
      'ホストは名前かアドレスで、必要ならポートを付けます。スキームやパスは付けません（例：ghcr.io、localhost:5000）。',
    next: '直してください。/acme のようなパスはリポジトリ側に書きます。',
  },
  'registry.badReference': {
    title: '「{text}」は参照（reference）ではありません。',
    cause: '{fault}',
    next: 'registry/repository:tag または registry/repository@sha256:… の形で書いてください。',
  },
  'registry.unreachable': {
    title: '{host} に接続できません。',
    cause: 'レジストリが停止している、名前が違う、またはネットワークが切れている可能性があります（{cause}）。',
    next: 'レジストリの起動、名前、ネットワークを確認してから再試行してください。',
  },
  'registry.closedUnanswered': {
    title: '{host} は応答せずに接続を閉じました。',
    cause:
      '{scheme, select, http {平文の HTTP で接続しました。このポートは TLS（HTTPS）を待っている可能性が高いです。} other {TLS の途中で閉じられました。レジストリの再起動中か、間のプロキシが拒否した可能性があります。}}',
    next: '{scheme, select, http {接続先の設定で「常に HTTPS」を選んでください。HTTP のはずなら、レジストリのログを確認してください。} other {再試行し、続くようならレジストリとプロキシのログを確認してください。}}',
  },
  'registry.proxyRefused': {
    title: 'プロキシが {host} への接続を通しません。',
    cause: '応答：{answer}。407 はユーザー名とパスワードの要求、403 はこのホストが許可されていないことを表します。',
    next: 'Inkan はプロキシのパスワードを保存しません。環境変数 HTTPS_PROXY または HTTP_PROXY に http://ユーザー名:パスワード@プロキシ:ポート を設定して起動するか、プロキシの管理者に問い合わせてください。',
  },
  'registry.timeout': {
    title: '{host} が時間内に応答しませんでした。',
    cause:
      '{stage, select, connect {接続} firstByte {応答の始まり} idle {応答の続き} other {応答の全体}}を {limitMs, number} 秒待ちました。',
    next: '再試行してください。間にプロキシがある場合は確認してください。',
  },
  'registry.tls': {
    title: '{host} の身元を確認できませんでした。',
    cause: 'TLS が失敗しました：{cause}。独自の認証局による証明書か、期限切れか、別の名前の証明書かもしれません。',
    next: '独自の認証局を使うレジストリなら、接続先の設定で CA 証明書を指定してください。',
  },
  'registry.spokeHttp': {
    title: '{host} は平文の HTTP で応答しました。',
    cause: '規則または接続先の設定どおり HTTPS で接続しましたが、暗号化されていない応答が返りました。',
    next: '経路のネットワークを信頼できる場合に限り、接続先の設定で平文 HTTP を選んでください。',
  },
  'registry.spokeHttps': {
    title: '{host} は HTTPS で応答しました。',
    cause: '規則または接続先の設定どおり、平文の HTTP で接続しました。',
    next: '接続先の設定で HTTPS を選んでください。',
  },
  'registry.unauthorized': {
    title: '{host} はログインを求めています。',
    cause:
      '{hadCredentials, select, true {保存された認証情報は受け付けられませんでした。期限切れかもしれません。} other {認証情報が保存されていません。}}',
    next: 'この接続先でログインするか、notation login {host} を実行してください。',
  },
  'registry.loginRefused': {
    title: '{host} はこのログインを受け付けませんでした。',
    cause: 'ユーザー名・パスワード・トークンのいずれかが正しくないか、期限切れです。',
    next: 'もう一度入力してください。パスワードの代わりにアクセストークン（access token）が必要なレジストリもあります。',
  },
  'registry.forbidden': {
    title: '{host} はこの操作を許可していません。',
    cause: 'アカウントは認識されましたが、{what} を使う権限がありません。',
    next: '別のアカウントでログインするか、権限を依頼してください。',
  },
  'registry.notFound': {
    title: '{host} に {what} はありません。',
    cause: '削除されたか、初めから存在しません。閲覧権限がない場合に同じ応答を返すレジストリもあります。',
    next: '名前を確認するか、ログインしてください。',
  },
  'registry.tooManyRequests': {
    title: '{host} が間隔を空けるよう求めています。',
    cause:
      '要求が多すぎる（429）との応答です。{retryAfterMs, plural, =0 {待ち時間の指定はありません。} other {# 秒待つよう求めています。}}',
    next: '少し待って再試行してください。ログインすると上限が上がることがあります。',
  },
  'registry.serverError': {
    title: '{host} で障害が起きています。',
    cause: '{what} に対して {status, number} を返しました。原因はレジストリ側にあります。',
    next: '時間をおいて再試行してください。詳しくはレジストリのログにあります。',
  },
  'registry.refused': {
    title: '{host} が {what} を拒否しました。',
    cause: '応答 {status, number}：{answer}',
    next: '応答の内容を確認してください。未対応か、許可されていない可能性があります。',
  },
  'registry.badAnswer': {
    title: '{host} の応答はレジストリの形式ではありません。',
    cause: '{what}：{fault}',
    next: 'アドレスが Web ページやプロキシではなく、レジストリであることを確認してください。',
  },
  'registry.digestMismatch': {
    title: '要求したものと違う内容を受け取りました。',
    cause: '{wanted} のはずですが、内容は {received} です。壊れたか、すり替えられています。使用していません。',
    next: '再試行してください。変わらなければ、このレジストリを信頼しないでください。',
  },
  'registry.sizeMismatch': {
    title: '受け取った内容のサイズが違います。',
    cause: '{what} は {wanted, number} バイトのはずですが、{received, number} バイトでした。使用していません。',
    next: '再試行してください。変わらなければ、このレジストリを信頼しないでください。',
  },
  'registry.truncated': {
    title: '{host} の応答が途中で切れました。',
    cause: '{what} は最後まで届きませんでした。使用していません。',
    next: '再試行してください。',
  },
  'registry.tooLarge': {
    title: '{what} は大きすぎて読めません。',
    cause: 'メモリを使い切られないよう、{limit, number} バイトまでしか読みません。',
    next: '信頼できるものであれば、別のツールで確認してください。',
  },
  'registry.badRedirect': {
    title: '{host} の転送先には進みません。',
    cause: '転送先 {target}：{fault}',
    next: 'ご自身のレジストリなら、プロキシの設定を確認してください。',
  },
  'registry.badChallenge': {
    title: '{host} のログイン要求を理解できません。',
    cause: '{fault}',
    next: 'アドレスがレジストリであることを確認してください。',
  },
  'registry.untrustedRealm': {
    title: '{host} はパスワードを別の場所へ送らせようとしました。',
    cause: 'ログイン先が {realm} で、このホストの認証情報を送ってよい場所ではありません。何も送っていません。',
    next: '両者の関係を知っている場合は、レジストリの画面でこの送り先を信頼できます（https のみ）。そうでなければ注意してください。',
  },
  'registry.webPage': {
    title: '{host} はマニフェストではなくウェブページを返しました。',
    cause:
      '{what} を求めたところ、HTML が返りました。レジストリ（registry）ではなく、ウェブサイト、ログイン画面、または途中のプロキシだと思われます。',
    next: 'ホスト名を確認してください。レジストリのホスト名は、ウェブサイトと異なることがよくあります。ログイン画面のあるネットワークでは、先にそこでログインしてください。',
  },
  'registry.badManifest': {
    title: '{what} は正しいマニフェストではありません。',
    cause: '{fault}',
    next: 'プッシュした人に、もう一度プッシュしてもらう必要があります。',
  },
  'registry.staleIndexKept': {
    title: '署名は完了しましたが、{host} に古い署名一覧が残っています。',
    cause: 'レジストリは置き換え前の一覧 {digest} を削除しませんでした（ステータス {status}）。',
    next: '署名に問題はありません。古い一覧はレジストリのガベージコレクションで削除できます。',
  },
  'registry.noCredentialHelper': {
    title: 'パスワードを安全に保存する場所がありません。',
    cause: '認証情報ヘルパー（credential helper）が設定されておらず、Inkan はパスワードをファイルに書きません。',
    next: '使用中の OS 向けの docker-credential ヘルパーを入れるか、notation login {host} を実行してください。',
  },
  'registry.credentialHelperFailed': {
    title: '認証情報ヘルパー「{helper}」が失敗しました。',
    cause: '{fault}',
    next: '端末で docker-credential-{helper} が動くこと、キーリングのロックが解除されていることを確認してください。',
  },
  'registry.badCredentialFile': {
    title: '認証情報のファイルを読めません。',
    cause: '{file}：{fault}',
    next: 'ファイルを修正してください。Inkan は変更しません。',
  },
  'layout.notALayout': {
    title: '「{path}」は OCI イメージレイアウトではありません。',
    cause: '{fault}',
    next: 'oci-layout と index.json のあるフォルダを選んでください。',
  },
  'layout.unreadable': {
    title: 'レイアウト「{path}」を読めません。',
    cause: '{fault}',
    next: 'フォルダがあること、読み取り権限があることを確認してください。',
  },
};
