import type { intakeCodes } from '../../../shared/errors/intake-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const intakeErrors: Record<keyof typeof intakeCodes, ErrorMessages> = {
  'intake.notFound': {
    title: 'このファイルはもう Inkan の手元にありません。',
    cause: '30 分間使われなかったファイルと、Inkan 終了時のファイルは破棄されます。',
    next: 'ファイルを選び直してください。',
  },
  'intake.wrongOffset': {
    title: 'ファイルの断片が順番どおりに届きませんでした。',
    cause: '次は {expected, number} バイト目からのはずですが、{received, number} バイト目からの断片が届きました。',
    next: 'ファイルを最初から渡し直してください。',
  },
  'intake.wrongSize': {
    title: '{file} は読み取り中に変わりました。',
    cause: '{announced, number} バイトのはずが、{received, number} バイト届きました。',
    next: '書き込みが終わるのを待ってから、選び直してください。',
  },
  'intake.incomplete': {
    title: '{file} は最後まで届いていません。',
    cause: '{announced, number} バイトのうち {received, number} バイトだけ届いています。',
    next: 'ファイルを選び直してください。',
  },
  'intake.badChunk': {
    title: 'ファイルの断片を読めません。',
    cause: '正規の base64 ではないか、長すぎます。',
    next: 'ファイルを選び直してください。繰り返す場合は報告してください。',
  },
  'intake.tooMany': {
    title: '一度に扱うファイルが多すぎます。',
    cause: 'この種類のファイルは {limit, number} 個まで保持します。',
    next: '一覧からいくつか外してから、追加し直してください。',
  },
};
