import type { timestampCodes } from '../../../shared/errors/timestamp-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const timestampErrors: Record<keyof typeof timestampCodes, ErrorMessages> = {
  'timestamp.badUrl': {
    title: '時刻認証局（TSA）のアドレスではありません。',
    cause:
      '{fault, select, scheme {http:// でも https:// でも始まっていません} host {ホスト名がありません} credentials {ユーザー名やパスワードが含まれています（設定やコマンドに表示されてしまいます）} other {アドレスとして読めません}}：{url}',
    next: 'http://timestamp.example.com のように指定してください。',
  },
  'timestamp.badRoot': {
    title: '時刻認証局（TSA）のルート証明書ではありません。',
    cause:
      '{fault, select, missing {ファイルがありません} unreadable {読めません} none {証明書が含まれていません} several {証明書が 2 つ以上含まれています} notRoot {自己署名のルート証明書ではありません} notValidNow {現在有効な証明書ではありません} other {{fault}}}：{what}',
    next: '自己署名のルート証明書を 1 つだけ、PEM か DER で指定してください。',
  },
  'timestamp.notWithPlugin': {
    title: '鍵「{name}」では、タイムスタンプを付けられません。',
    cause: 'この鍵のプラグインはエンベロープ全体を自分で作るため、あとから追加できません。',
    next: 'タイムスタンプなしで署名するか、別の鍵を使ってください。プラグイン自身の設定で付けられる場合もあります。',
  },
  'timestamp.unreachable': {
    title: '時刻認証局 {host} に接続できないため、署名していません。',
    cause: '{cause}',
    next: 'アドレスとネットワークを確認するか、別の時刻認証局を選び、署名し直してください。',
  },
  'timestamp.timeout': {
    title: '時刻認証局 {host} から時間内に応答がないため、署名していません。',
    cause: '{limitMs, number} 秒待ちました。',
    next: 'もう一度試すか、別の時刻認証局を選んでください。',
  },
  'timestamp.badStatus': {
    title: '時刻認証局 {host} からタイムスタンプを得られないため、署名していません。',
    cause: 'HTTP ステータス {status, number} が返されました。有効なのは 200 だけで、リダイレクトには従いません。',
    next: 'アドレスを確認してください（専用のパスがよく使われます）。正しければ、時間をおいて試してください。',
  },
  'timestamp.badContentType': {
    title: '{host} の応答が時刻認証局のものではないため、署名していません。',
    cause: '応答の種類は「{contentType}」です。application/timestamp-reply と完全に一致する必要があります。',
    next: 'アドレスを確認してください（専用のパスがよく使われます）。',
  },
  'timestamp.tooLarge': {
    title: '時刻認証局 {host} の応答が大きすぎるため、署名していません。',
    cause: '{limit, number} バイト以上あります。タイムスタンプは通常、数千バイトです。',
    next: 'アドレスを確認するか、別の時刻認証局を選んでください。',
  },
  'timestamp.rejected': {
    title: '時刻認証局 {host} に拒否されたため、署名していません。',
    cause: '{message}',
    next: '時間をおいて試すか、別の時刻認証局を選んでください。',
  },
  'timestamp.badAnswer': {
    title: '{host} のタイムスタンプが正しくないため、署名していません。',
    cause: '{message}',
    next: '別の時刻認証局を選んでください。要求と違うものか、署名と合わないものが返されています。',
  },
  'timestamp.notTrusted': {
    title: '{host} のタイムスタンプが、選んだルート証明書につながらないため、署名していません。',
    cause: '{subject}：{message}',
    next: 'ルート証明書を時刻認証局の公式サイトから入手してください。正しい場合は、このコンピューターの時計を確認してください。',
  },
  'timestamp.outsideCertificate': {
    title: 'タイムスタンプが署名用証明書の有効期間に収まらないため、署名していません。',
    cause: '{host} の時刻は {time}、{subject} の有効期間は {notBefore} から {notAfter} までです。',
    next: '証明書を作った直後なら、数秒おいて試してください。そうでなければ、どちらかの時計が狂っています。',
  },
  'timestamp.revoked': {
    title: '時刻認証局 {host} の証明書が失効しているため、署名していません。',
    cause: '{subject} は発行者により失効しています。',
    next: '別の時刻認証局を選び、この時刻認証局に知らせてください。',
  },
  'timestamp.revocationUnknown': {
    title: '時刻認証局 {host} の証明書が失効しているか確認できないため、署名していません。',
    cause: '{subject} に記載のサーバーから、使える応答が得られませんでした。',
    next: 'ネットワークを確認して試し直すか、別の時刻認証局を選んでください。',
  },
};
