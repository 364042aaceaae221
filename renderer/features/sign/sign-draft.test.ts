import { describe, expect, it } from 'vitest';
import { emptyDraft, missingFrom, noTimestamp, remembering, toOptions, toTimestampChoice } from './sign-draft.ts';

describe('toOptions', () => {
  it('asks for the default key and no expiry by leaving them out', () => {
    expect(toOptions(emptyDraft)).toEqual({ userMetadata: {} });
  });

  it('takes key, expiry in seconds and whole pairs only', () => {
    const metadata = [
      { id: 1, key: 'build', value: '42' },
      { id: 2, key: '', value: 'x' },
      { id: 3, key: 'half', value: '' },
    ];
    expect(
      toOptions({ ...emptyDraft, keyName: 'k', format: 'cose', expiry: 'day', metadata, timestamp: noTimestamp }),
    ).toEqual({
      keyName: 'k',
      format: 'cose',
      expirySeconds: 86_400,
      userMetadata: { build: '42' },
    });
  });
});

describe('a key that is not on the list', () => {
  const pluginKey = { plugin: 'azure-kv', id: ' https://v/keys/k ' };
  it('takes the place of one that is', () => {
    const pluginConfig = [{ id: 1, key: 'self_signed', value: 'true' }];
    expect(toOptions({ ...emptyDraft, keyName: 'k', pluginKey, pluginConfig })).toEqual({
      plugin: { name: 'azure-kv', keyId: 'https://v/keys/k' },
      userMetadata: {},
      pluginConfig: { self_signed: 'true' },
    });
  });
});

describe('missingFrom', () => {
  const half = [{ id: 1, key: 'build', value: '' }];
  it.each([
    ['nothing', {}, undefined],
    ['a pair that is still empty', { metadata: [{ id: 1, key: '', value: '' }] }, undefined],
    ['a whole plugin’s key', { pluginKey: { plugin: 'p', id: 'k' } }, undefined],
    ['the plugin', { pluginKey: { plugin: '', id: 'k' } }, 'pluginKey'],
    ['the key of the plugin', { pluginKey: { plugin: 'p', id: ' ' } }, 'pluginKey'],
    ['an authority', { timestamp: { ...noTimestamp, isWanted: true } }, 'timestamp'],
    ['a value of the metadata', { metadata: half }, 'pair'],
    ['a value of the settings', { pluginConfig: half }, 'pair'],
  ] as const)('%s', (_, changes, missing) => {
    expect(missingFrom({ ...emptyDraft, ...changes })).toBe(missing);
  });
});

describe('toTimestampChoice', () => {
  const url = 'http://tsa.example';
  it.each([
    ['nothing', noTimestamp],
    ['an address alone', { ...noTimestamp, url }],
    ['a root alone', { ...noTimestamp, root: { store: 'clock', file: 'root.crt' } }],
    ['no text', { ...noTimestamp, url, root: 'given' as const, pasted: ' ' }],
  ])('is not whole with %s', (_, draft) => {
    expect(toTimestampChoice(draft)).toBeUndefined();
    expect(toOptions({ ...emptyDraft, timestamp: { ...draft, isWanted: true } })).toEqual({ userMetadata: {} });
  });

  it('takes a file of a store, or a text', () => {
    const root = { store: 'clock', file: 'root.crt' };
    expect(toTimestampChoice({ ...noTimestamp, url: ` ${url} `, root })).toEqual({
      url,
      root: { kind: 'store', ...root },
    });
    expect(toTimestampChoice({ ...noTimestamp, url, root: 'given', pasted: 'abc' })).toEqual({
      url,
      root: { kind: 'content', content: 'YWJj' },
    });
  });

  it('is remembered first, once, and a root only when a store has it', () => {
    const known = [{ url: 'http://a' }, { url, root: { store: 'old', file: 'x' } }];
    const choice = { url, root: { kind: 'content' as const, content: 'YWJj' } };
    expect(remembering(choice, known)).toEqual([{ url }, { url: 'http://a' }]);
    const many = Array.from({ length: 12 }, (_, index) => ({ url: `http://${index}` }));
    expect(remembering(choice, many)).toHaveLength(12);
  });
});
