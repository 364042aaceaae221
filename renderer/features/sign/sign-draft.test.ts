import { describe, expect, it } from 'vitest';
import { emptyDraft, toOptions } from './sign-draft.ts';

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
    expect(toOptions({ keyName: 'k', format: 'cose', expiry: 'day', metadata })).toEqual({
      keyName: 'k',
      format: 'cose',
      expirySeconds: 86_400,
      userMetadata: { build: '42' },
    });
  });
});
