import type { compareCodes } from '../../../shared/errors/compare-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const compareErrors: Record<keyof typeof compareCodes, ErrorMessages> = {
  'compare.notInstalled': {
    title: 'notation コマンドがインストールされていません。',
    cause: 'Inkan の起動時の PATH に含まれるフォルダーには見つかりませんでした。',
    next: 'インストールするか、notation が見つかるシェルから Inkan を起動して、もう一度お試しください。Inkan の動作には必要ありません。',
  },
  'compare.archive': {
    title: 'notation コマンドはアーカイブを読めません。',
    cause: 'このレイアウトはアーカイブに入っていますが、notation が扱えるのはフォルダーだけです。',
    next: '{folder} に展開し、そのフォルダーを Inkan に追加してから比べてください。',
  },
  'compare.notStarted': {
    title: 'notation コマンドを起動できませんでした。',
    cause: '{program} はありますが、システムが実行できませんでした。',
    next: 'ターミナルで実行して原因を確かめてください。',
  },
  'compare.tookTooLong': {
    title: 'notation コマンドが時間内に終わりませんでした。',
    cause:
      '{program} を {seconds, number} 秒で終了させました。レジストリか、問い合わせ先のサーバーが応答していない可能性があります。',
    next: 'もう一度試すか、ターミナルで実行してください。',
  },
  'compare.saidTooMuch': {
    title: 'notation コマンドの出力が多すぎます。',
    cause: '{program} を、出力が {bytes, number} バイトに達したところで終了させました。',
    next: 'ターミナルで実行してください。',
  },
};
