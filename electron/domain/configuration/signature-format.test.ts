import { describe, expect, it } from 'vitest';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { chooseFormat, readDefaultFormat, writeDefaultFormat } from './signature-format.ts';

function withFile(text?: string): MemoryDirectory {
  const directory = new MemoryDirectory('/config');
  if (text !== undefined) directory.put('config.json', text);
  return directory;
}

async function textOf(directory: MemoryDirectory): Promise<string> {
  return Buffer.from((await directory.read('config.json'))?.bytes ?? []).toString();
}

describe('the default format', () => {
  it.each([
    ['no file', undefined, { format: 'jws' }],
    ['a broken file', '{"signatureFormat":"cose"', { format: 'jws' }],
    ['a list', '["signatureFormat"]', { format: 'jws' }],
    ['an empty object', '{}', { format: 'jws' }],
    ['a number', '{"signatureFormat":1}', { format: 'jws' }],
    ['COSE', '{"signatureFormat":"cose"}', { format: 'cose' }],
    ['COSE in other letters', '{"signatureformat":"COSE"}', { format: 'cose' }],
    ['an unknown format', '{"signatureFormat":"pgp"}', { format: 'jws', unsupported: 'pgp' }],
  ])('of %s', async (_, text, expected) => {
    expect(await readDefaultFormat(withFile(text))).toEqual(expected);
  });

  it('gives way to what is asked for', async () => {
    expect(await chooseFormat(withFile('{"signatureFormat":"cose"}'), undefined)).toBe('cose');
    expect(await chooseFormat(withFile('{"signatureFormat":"pgp"}'), 'jws')).toBe('jws');
    await expect(chooseFormat(withFile('{"signatureFormat":"pgp"}'), undefined)).rejects.toMatchObject({
      code: 'sign.unsupportedFormat',
      details: { format: 'pgp' },
    });
  });

  it('is set without touching a character of the rest', async () => {
    const text = '{\n\t"auths": {"r.io": {"auth": "dTpw"}},\n\t"number": 1.50,\n\t"credsStore": "pass"\n}\n';
    const directory = withFile(text);
    await writeDefaultFormat(directory, 'cose');
    expect(await textOf(directory)).toBe(text.replace('"pass"', '"pass",\n\t"signatureFormat": "cose"'));
    await writeDefaultFormat(directory, 'jws');
    expect(await textOf(directory)).toBe(text.replace('"pass"', '"pass",\n\t"signatureFormat": "jws"'));
  });

  it('is set in a file that was not there', async () => {
    const directory = withFile();
    await writeDefaultFormat(directory, 'cose');
    expect(await textOf(directory)).toBe('{\n    "signatureFormat": "cose"\n}\n');
  });

  it.each(['{"auths":', '[]', '{"a":1,"a":2}', ''])('is not set in %j, which stays', async (text) => {
    const directory = withFile(text);
    await expect(writeDefaultFormat(directory, 'cose')).rejects.toMatchObject({ code: 'file.malformed' });
    expect(await textOf(directory)).toBe(text);
  });
});
