import type { ReasonCode } from '../../../shared/model/reasons.ts';

export const reasons: Record<ReasonCode, string> = {
  'check.skippedByPolicy': 'ポリシーにより、この検査は省略されます。',
  'check.noPolicy': '適用されるポリシーがないため、実施していません。',
  'check.integrityFailed': 'エンベロープが署名時の内容と異なるため、実施していません。',
  'integrity.valid': '{algorithm} の署名は証明書と一致し、エンベロープの形式も正しいものです。',
  'integrity.envelopeMalformed': 'エンベロープを読めません：{fault}',
  'integrity.unsupportedFormat': 'メディアタイプが {mediaType} で、Notation では使われない形式です。',
  'integrity.envelopeTooLarge':
    'エンベロープが {size, number} バイトあります。読むのは {limit, number} バイトまでです。',
  'integrity.certificateMalformed': 'エンベロープ内の証明書を読めません：{fault}',
  'integrity.signatureInvalid':
    '{algorithm} の署名が一致しません。署名後に内容が変えられたか、別の鍵で署名されています。',
  'integrity.chainInvalid': '証明書チェーンが {subject} で規則「{rule}」に反しています。',
  'authenticity.trusted': '{subject} は <b>{store}</b> にあり、署名者は信頼する ID <b>{identity}</b> に一致します。',
  'authenticity.noPolicy':
    '適用されるポリシーがないため、トラストストアを選べません。{stores, select, none {このチェーンの証明書は、どのストアにもありません。} other {<b>{stores}</b> には、このチェーンの証明書があります。}}',
  'authenticity.noStoreOfType': 'この種類の署名に必要な {type} 型のトラストストアが、ポリシーにありません。',
  'authenticity.storeMissing': 'ポリシーにあるトラストストア <b>{store}</b> が存在しません。',
  'authenticity.storeUnreadable': 'トラストストア <b>{store}</b> を読めません：{cause}',
  'authenticity.storeEmpty': 'トラストストア <b>{store}</b> は空です。',
  'authenticity.fileNotRegular': '<b>{store}</b> の {file} は通常のファイルではありません。',
  'authenticity.fileUnreadable': '<b>{store}</b> の {file} を読めません：{fault}',
  'authenticity.fileNotAnchor': '<b>{store}</b> の {file}（{subject}）は信頼の起点になりません：{fault}',
  'authenticity.chainNotTrusted': '<b>{subject}</b> のチェーンの証明書は、どれも {stores} にありません。',
  'authenticity.identityMismatch':
    'チェーンは {store} につながりますが、<b>{subject}</b> はポリシーが信頼する ID（{identities}）のどれとも一致しません。',
  'authenticity.noX509Identity': '一致しうる x509.subject の ID が、ポリシーにありません。',
  'authenticity.subjectUnusable':
    '署名者のサブジェクト {subject} は ID と比較できません（{fault, select, hexValue {16 進表記の値を含む} syntax {読み取れない} multiValued {複数値の名前を含む} duplicate {{attribute} が重複} missing {{attribute} がない} other {{fault}}}）。',
  'authenticity.pluginTrusted':
    'チェーンの証明書が <b>{store}</b> にあり、プラグイン <b>{plugin}</b> が署名者を信頼できると判断しました。',
  'authenticity.pluginRefused':
    '証明書チェーンの終点は {store} にありますが、プラグイン <b>{plugin}</b> が署名者を認めませんでした：{because, select, none {理由は示されていません} other {{because}}}',
  'authenticity.pluginUndecided':
    '証明書チェーンの終点は {store} にありますが、署名者を判断するはずのプラグイン <b>{plugin}</b> が判断していません。',
  'timestamp.certificatesValidNow':
    '{because, select, noTsaStore {ポリシーに tsa ストアがないため、証明書は現在時刻で判定しました。すべて有効で、少なくとも {notAfter} までは有効です。} other {証明書は現在すべて有効です。{notAfter} まではタイムスタンプを必要としません。}}',
  'timestamp.certificateNotYetValid': '証明書 {subject} は {notBefore} まで有効になりません。',
  'timestamp.certificateExpired':
    '証明書 {subject} は {notAfter} に期限が切れ、それ以前の署名だと示すタイムスタンプもありません。',
  'timestamp.missing':
    '{because, select, always {ポリシーは常にタイムスタンプを求めますが、署名にはありません。} other {期限切れの証明書があり、署名にタイムスタンプがありません。}}',
  'timestamp.within':
    '<b>{store}</b> を通じて信頼する時刻認証局（TSA）{tsa} が <b>{time}</b> に署名を確認しており、証明書はすべてその時点で有効でした。',
  'timestamp.tokenMalformed': 'タイムスタンプトークンを読めません：{fault}',
  'timestamp.infoMalformed': 'タイムスタンプトークンの内容を読めません：{fault}',
  'timestamp.tokenInvalid':
    'タイムスタンプトークン自身の署名が正しくありません。改変されたか、記載とは別の署名者のものです。',
  'timestamp.otherSignature': 'タイムスタンプはこの署名とは別のものに対するため、ここでは何の証明にもなりません。',
  'timestamp.chainNotTrusted':
    '{time} のタイムスタンプを発行した <b>{tsa}</b> は、{stores} のどのルートにもつながりません。',
  'timestamp.chainInvalid': '時刻認証局（TSA）の証明書が {subject} で規則「{rule}」に反しています。',
  'timestamp.beforeCertificate':
    '{time} のタイムスタンプは、{subject} の有効期間の開始（{notBefore}）より前である可能性があります。',
  'timestamp.afterCertificate':
    '{time} のタイムスタンプは、{subject} の有効期間の終了（{notAfter}）より後である可能性があります。',
  'timestamp.authorityRevoked': '時刻認証局（TSA）の証明書 {subject} は失効しています。',
  'timestamp.authorityUnknown':
    '{because, select, notTrusted {信頼できない署名のためには問い合わせないため、時刻認証局（TSA）の証明書 {subject} の失効は確認していません。} offline {サーバーに問い合わせない設定のため、時刻認証局（TSA）の証明書 {subject} の失効は確認していません。} other {時刻認証局（TSA）の証明書 {subject} が失効しているか、{servers} では確認できませんでした。}}',
  'timestamp.signingTimeWithin': '署名機関（signing authority）が示す署名時刻は {time} で、証明書はすべて有効でした。',
  'timestamp.signingTimeOutside':
    '署名機関（signing authority）が示す署名時刻 {time} に、{subject} は有効ではありませんでした。',
  'timestamp.signingTimeMissing': '署名機関による署名に、認証された署名時刻がありません。',
  'expiry.none': '署名に有効期限はありません。',
  'expiry.ahead': '署名の有効期限は {expiry} です。',
  'expiry.past': '署名は {expiry} に期限が切れました。',
  'revocation.noServer': '証明書に OCSP・CRL のサーバーの記載がありません。リファレンス実装はこれを問題なしとします。',
  'revocation.good':
    '証明書 {checked} 件を問い合わせ、失効はありませんでした。{without, select, none {} other {サーバーの記載がなく問い合わせていない証明書：{without}。}}',
  'revocation.revoked':
    '<b>{subject}</b> は{revokedAt, select, none {} other { {revokedAt} に}}失効しています。その署名はもう信頼できません。',
  'revocation.unknown': '<b>{subject}</b> が失効しているかどうか確認できませんでした。各サーバーの応答は下に示します。',
  'revocation.notAsked':
    '{because, select, offline {設定によりサーバーに問い合わせないため、<b>{subject}</b> が失効しているかどうか分かりません。} other {署名者が信頼されていないため、{subject} について問い合わせていません。}}',
  'revocation.pluginGood': 'プラグイン <b>{plugin}</b> が、失効していないと判断しました。',
  'revocation.pluginRefused':
    'プラグイン <b>{plugin}</b> の判断：{because, select, none {失効（理由は示されていません）} other {{because}}}',
  'revocation.pluginUndecided': '失効を確認するはずのプラグイン <b>{plugin}</b> が確認していません。',
  'fatal.unknownCritical': '必須（critical）とされた未知の属性があります：{names}。',
  'fatal.pluginAttribute':
    '検証プラグイン用の属性 {attribute} が正しくありません（{fault, select, notCritical {critical でない} notText {文字列でない} empty {空} badName {名前として不正} notSemVer {バージョンとして不正} other {{fault}}}）。',
  'fatal.pluginUnavailable': '署名は検証プラグイン <b>{plugin}</b> を必要としています。{error}',
  'fatal.pluginNotEnabled':
    '署名は検証プラグイン <b>{plugin}</b> を必要としています。インストールされていますが、検証での使用が有効になっていません。信頼できるものであれば「プラグイン」画面で有効にしてください。',
  'fatal.pluginNotStarted':
    '署名は検証プラグイン <b>{plugin}</b> を必要としています。この署名を裏付けるトラストストアがないため、起動しませんでした。',
  'fatal.pluginVersion':
    '{fault, select, tooOld {プラグイン <b>{plugin}</b> のバージョンは {version} ですが、署名には {minVersion} 以降が必要です。} other {プラグイン <b>{plugin}</b> のバージョン {version} は比較できない形式です。}}',
  'fatal.pluginNoCapability':
    '署名はプラグイン <b>{plugin}</b> を必要としていますが、このプラグインは検証に対応していません。',
  'fatal.pluginFailed': 'プラグイン <b>{plugin}</b> に検証を依頼しましたが、完了しませんでした。{error}',
  'fatal.pluginNotProcessed': 'プラグイン <b>{plugin}</b> は属性 {attribute} を処理しませんでした。',
  'fatal.pluginNoResult': 'プラグイン <b>{plugin}</b> は {capability} の結果を返しませんでした。',
  'fatal.descriptorMismatch':
    '別のものに対する署名です。署名の対象は <code>{signed}</code>、ここにあるのは <code>{artifact}</code> です。',
  'fatal.blobMismatch':
    '署名されたファイルではありません。署名の対象は {signed}、このファイルは {artifact} です。または、メディアタイプが異なります。',
  'fatal.metadataMissing': '求められたメタデータが署名にありません：{missing}。',
  'unreadable.failed': '{error}',
  'unreadable.wrongSubject':
    'レジストリはここに列挙していますが、実際の参照先は {subject, select, none {ありません} other {<code>{subject}</code> です}}。',
};
