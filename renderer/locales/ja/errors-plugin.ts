import type { pluginCodes } from '../../../shared/errors/plugin-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const pluginErrors: Record<keyof typeof pluginCodes, ErrorMessages> = {
  'plugin.badName': {
    title: '「{plugin}」はプラグイン名として使えません。',
    cause: '名前の形式に問題があります：{fault}。',
    next: 'azure-kv のように、プラグインのフォルダー名を指定してください。',
  },
  'plugin.notFound': {
    title: 'プラグイン「{plugin}」がインストールされていません。',
    cause: '{path} がありません。',
    next: 'プラグインをインストールするか、使用中の設定ディレクトリを確認してください。',
  },
  'plugin.notRegular': {
    title: 'プラグイン「{plugin}」のプログラムが通常のファイルではありません。',
    cause: '{path} はリンク、フォルダー、またはデバイスです。Notation は通常のファイルだけを実行します。',
    next: 'プログラム本体をその場所に置いてください。',
  },
  'plugin.notExecutable': {
    title: 'プラグイン「{plugin}」のプログラムを実行できません。',
    cause: '{path} に実行権限がありません。',
    next: '信頼できるものであれば chmod +x を実行するか、インストールし直してください。',
  },
  'plugin.nameMismatch': {
    title: 'プラグイン「{plugin}」は自身を「{found}」と名乗っています。',
    cause: 'プラグインは自身と同じ名前のフォルダーに 置かれ、プログラム名も同じ名前になります。',
    next: '正しい名前でインストールし直してください。',
  },
  'plugin.unsupportedContract': {
    title: 'プラグイン「{plugin}」の契約バージョン（contract version）に対応していません。',
    cause: 'プラグインが対応するのは {versions}、Notation が使うのは 1.0 です。',
    next: '1.0 に対応したバージョンのプラグインをインストールしてください。',
  },
  'plugin.badMetadata': {
    title: 'プラグイン「{plugin}」のメタデータが正しくありません。',
    cause: '利用できない内容です：{fault}。',
    next: 'インストールし直すか、提供元に問い合わせてください。',
  },
  'plugin.notEnabled': {
    title: 'プラグイン「{plugin}」は検証での使用が有効になっていません。',
    cause: '署名はどのプラグインでも指定できるため、Inkan は利用者が有効にしたものだけを実行します。',
    next: '信頼できるものであれば、「プラグイン」画面で有効にしてください。',
  },
  'plugin.lacksCapability': {
    title: 'プラグイン「{plugin}」はこの操作に対応していません。',
    cause: '必要な機能（capability）は {wanted}、プラグインにあるのは {capabilities} です。',
    next: '別のプラグインの鍵を選ぶか、このプラグインを更新してください。',
  },
  'plugin.badAnswer': {
    title: 'プラグイン「{plugin}」の応答を利用できません。',
    cause: '{command}：{fault}。',
    next: 'プラグインのコンソールで呼び出しを確認してください。更新が必要かもしれません。',
  },
  'plugin.failed': {
    title: 'プラグイン「{plugin}」が処理を拒否しました。',
    cause: '{command} が {pluginCode} で終了しました：{message}',
    next: '鍵の ID、プラグインの設定、認証情報を確認して、もう一度試してください。',
  },
  'plugin.notStarted': {
    title: 'プラグイン「{plugin}」を起動できませんでした。',
    cause: '{command}：{cause}',
    next: 'この環境用のプログラムであることを確かめ、インストールし直してください。',
  },
  'plugin.timeout': {
    title: 'プラグイン「{plugin}」が時間内に応答しませんでした。',
    cause: '{command} が {limitMs} 秒を超えたため終了させました。',
    next: 'プラグインが使うサービスに接続できるかを確認して、もう一度試してください。',
  },
  'plugin.tooMuchOutput': {
    title: 'プラグイン「{plugin}」の出力が上限を超えました。',
    cause: '{command} の出力が {limit, number} バイトを超えたため終了させました。',
    next: 'プラグインに不具合があります。更新するか、アンインストールしてください。',
  },
};
