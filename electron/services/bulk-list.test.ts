import { describe, expect, it } from 'vitest';
import { readList } from './bulk-list.ts';

const source = (id: string, kind: 'registry' | 'layout', place: string) => ({ id, kind, place }) as never;
const book = {
  list: () =>
    Promise.resolve([
      source('r', 'registry', 'localhost:5000'),
      source('g', 'registry', 'ghcr.io'),
      source('l', 'layout', '/layouts/acme'),
    ]),
};
const digest = `sha256:${'a'.repeat(64)}`;

describe('readList', () => {
  it('reads references of several sources, each once', async () => {
    const text = `localhost:5000/acme/web:1.0\nghcr.io/acme/api@${digest}, localhost:5000/acme/web:1.0;/layouts/acme:2.0`;
    expect(await readList(book, text)).toEqual({
      artifacts: [
        { sourceId: 'r', repository: 'acme/web', reference: '1.0' },
        { sourceId: 'g', repository: 'acme/api', reference: digest },
        { sourceId: 'l', repository: '', reference: '2.0' },
      ],
      faults: [],
      left: 0,
    });
  });

  it.each([
    ['other.example/acme/web:1.0', 'unknownSource'],
    ['localhost:5000/acme/web', 'noTag'],
    [digest, 'noReference'],
    ['nonsense', 'noReference'],
    [`localhost:5000/acme/web:${'x'.repeat(5000)}`, 'noReference'],
    ['=1+1', 'noReference'],
  ])('says why %.40s is none', async (text, why) => {
    const { artifacts, faults } = await readList(book, text);
    expect(artifacts).toEqual([]);
    expect(faults).toMatchObject([{ why }]);
  });

  it('takes what a queue holds, and tells how many are left', async () => {
    const text = Array.from({ length: 1005 }, (_, index) => `localhost:5000/a:${index}`).join('\n');
    const { artifacts, left } = await readList(book, text);
    expect([artifacts.length, left]).toEqual([1000, 5]);
  });
});
