import type { labCodes } from '../../../shared/errors/lab-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const labErrors: Record<keyof typeof labCodes, ErrorMessages> = {
  'lab.exists': {
    title: '練習用の一式はすでにあります。',
    cause: '{directory} に作成済みです。作ったものだけを確実に取り除けるように、一度に一式だけを扱います。',
    next: 'そのまま使うか、先に片付けてください。',
  },
  'lab.missing': {
    title: '練習用の一式がありません。',
    cause: '片付け済みです。別のウィンドウで片付けた可能性があります。',
    next: '先に一式を作成してください。',
  },
  'lab.otherConfiguration': {
    title: '練習用の一式は別の構成のものです。',
    cause: '鍵・ストア・ポリシーは {directory} にあり、使用中の構成ではありません。',
    next: '設定でその構成に戻すか、片付けてからこの構成で作り直してください。',
  },
  'lab.scopeTaken': {
    title: 'ポリシーに {scope} がすでにあります。',
    cause:
      'ステートメント「{statement}」がこのスコープを使っています。1 つのスコープは 1 つのステートメントにしか書けず、テストラボは既存のステートメントを変更しません。',
    next: 'そのステートメントからスコープを外してから、一式を作成してください。',
  },
  'lab.fileTaken': {
    title: '{file} がすでにあります。',
    cause: 'テストラボは既存のファイルを上書きしません。',
    next: '別の名前にするか、そのファイルを移動してください。',
  },
  'lab.recordMalformed': {
    title: 'テストラボの記録を読み取れません。',
    cause: 'Inkan のフォルダーにある {file} は作成物の一覧ですが、壊れています：{fault}',
    next: '控えからファイルを戻してください。戻せない場合は、一式の名前が付いたものを手作業で取り除いてください。',
  },
};
