import { describe, expect, it } from 'vitest';
import { toFaultText } from './fault-text.ts';
import { faults } from './ja/faults.ts';

const placesOf = (text: string) => text.split('{}').length - 1;

describe('the text of a fault', () => {
  it.each([
    ['has a path separator', 'パスの区切り文字が含まれています'],
    ['JSON value expected at offset 11', 'JSON の値が必要です（11 文字目）'],
    ['duplicate member "a" at offset 19', 'メンバー "a" が重複しています（19 文字目）'],
    ['malformed signingkeys.json: JSON value expected at offset 11', 'JSON の値が必要です（11 文字目）'],
    ['invalid reference: invalid tag "a b"', 'タグ "a b" が正しくありません'],
    ['index.json: not a JSON object', 'index.json：JSON のオブジェクトではありません'],
    ['x509: malformed certificate', 'x509: malformed certificate'],
    ['it ended with status 1 and said nothing', 'ステータス 1 で終わり、何も出力しませんでした'],
    ['constructor', 'constructor'],
  ])('%s is told in Japanese where Inkan says it itself', (english, japanese) => {
    expect(toFaultText(english, 'ja')).toBe(japanese);
    expect(toFaultText(english, 'en')).toBe(english);
  });

  it('takes no more values than the English has', () => {
    const faulty = Object.entries(faults).filter(([english, japanese]) => placesOf(japanese) > placesOf(english));
    expect(faulty).toEqual([]);
  });

  it('is found in no time, however long and odd the text', () => {
    const started = performance.now();
    for (const text of [' is at offset '.repeat(40), ': '.repeat(300), '"'.repeat(599), 'x'.repeat(1e6)])
      toFaultText(text, 'ja');
    expect(performance.now() - started).toBeLessThan(200);
  });
});
