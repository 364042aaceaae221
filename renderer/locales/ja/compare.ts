import type { compare as en } from '../en/compare.ts';

export const compare: Record<keyof typeof en, string> = {
  open: 'notation と比較…',
  title: '同じダイジェストを notation で検証',
  command: '実行するコマンド（読み取りのみ）',
  asking: 'notation が検証しています…',
  same: '{inkan, select, true {どちらも受け入れました。} other {どちらも拒否しました。}}',
  differs:
    '結果が異なります。Inkan は{inkan, select, true {受け入れ} other {拒否し}}、notation は{command, select, true {受け入れました} other {拒否しました}}。',
  expected:
    'Inkan の予測どおりです。notation は最初に通った署名で検証を終え、一部の応答を緩やかに扱います。Inkan はすべての署名を判定します。',
  unexpected:
    'Inkan の予測とは異なります。検証の間にポリシー・トラストストア・サーバーの応答が変わったか、この版の notation の判定が異なると考えられます。もう一度検証してから比べてください。',
  program: 'プログラム',
  version: 'バージョン',
  took: '所要時間',
  milliseconds: '{count, number} ミリ秒',
  says: 'notation の出力',
  silent: '（なし）',
  copy: 'テキストをコピー',
  foretold: 'Inkan が予測した出力',
};
