import { describe, expect, it } from 'vitest';
import type { QueueItem, QueueSummary } from '../../../shared/model/bulk.ts';
import { toReport } from './queue-report.ts';

const queue: QueueSummary = {
  id: 'id',
  action: 'verify',
  state: 'ended',
  createdAt: '2026-11-25T00:00:00.000Z',
  concurrency: 4,
  counts: { waiting: 0, running: 0, done: 1, failed: 0, cancelled: 0 },
  requests: 0,
  needsOptions: false,
};
const item = (change: Partial<QueueItem>): QueueItem => ({
  ...{ sourceId: 's', repository: 'r', reference: '1.0', name: 'h/r:1.0', state: 'done', requests: 4 },
  ...change,
});
const words = {
  head: ['Reference', 'Digest', 'State', 'Verdict', 'Signers', 'Signature', 'Error'],
  stateOf: ({ state }: QueueItem) => state,
  verdictOf: ({ verdict }: QueueItem) => verdict ?? '',
  errorOf: ({ error }: QueueItem) => error?.code ?? '',
};
const of = (form: 'json' | 'csv' | 'md', change: Partial<QueueItem>) => toReport(form, queue, [item(change)], words);

describe('the report of a queue', () => {
  it.each(['=HYPERLINK("http://evil","x")', '+1', '-1', '@SUM(A1)'])('keeps %s from being a formula', (signer) => {
    const line = of('csv', { signers: [signer] }).split('\r\n')[1];
    expect(line).toContain(`'${signer.replaceAll('"', '""')}`);
  });

  it('keeps a line a line and a cell a cell', () => {
    const signers = ['a","b\r\n=1+1', '\u202Egnp.exe'];
    expect(of('csv', { signers }).split('\r\n')).toHaveLength(3);
    expect(of('csv', { signers })).not.toContain('\u202E');
  });

  it('makes no markup of what strangers wrote', () => {
    const text = of('md', { signers: ['[x](http://evil) | <img src=x> `code`'] });
    expect(text).toContain('\\[x\\](http\\://evil) \\| \\<img src=x\\> \\`code\\`');
  });

  it('writes what cannot be seen as escapes, and stays JSON', () => {
    const text = of('json', { signers: ['\u202Ea\u{E0041}\u0085"'], error: { code: 'x', details: { a: '\u2028' } } });
    expect(text).toContain(String.raw`\u202ea\udb40\udc41\u0085\"`);
    expect(JSON.parse(text)).toMatchObject({
      action: 'verify',
      artifacts: [{ reference: 'h/r:1.0', signers: ['\u202Ea\u{E0041}\u0085"'], error: { details: { a: '\u2028' } } }],
    });
  });
});
