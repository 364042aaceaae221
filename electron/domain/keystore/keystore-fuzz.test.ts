import { expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { assertSound, fuzzParser } from '../../testing/fuzz-parser.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { mutateJsonDeep } from '../../testing/mutate-json.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import type { SeededRandom } from '../../testing/seeded-random.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { readDefaultFormat, writeDefaultFormat } from '../configuration/signature-format.ts';
import { changeSigningKeyList, parseSigningKeys, type SigningKeyChange } from './signing-keys.ts';

const changeJson = (random: SeededRandom, text: string, other: string): string =>
  random.chance(0.7) ? mutateJsonDeep(random, text, ['"web"', '"jws"']) : mutateText(random, text, other);

const list = {
  default: 'web',
  keys: [
    { name: 'web', keyPath: '/k/web.key', certPath: '/k/web.crt', unknown: [{}] },
    { name: 'vault', id: 'x', pluginName: 'sealer', pluginConfig: { region: 'eu', ['__proto__']: 'y' } },
    { name: 'third', keyPath: '/k/3.key', certPath: '/k/3.crt' },
  ],
  other: 1.5,
};
const entry = { name: 'added', keyPath: '/k/a.key', certPath: '/k/a.crt' };

it('signingkeys.json: a change does what it says and touches nothing else', async () => {
  const changesOf = (names: readonly string[]): SigningKeyChange[] => [
    { kind: 'add', entry, makeDefault: true },
    ...names.flatMap((name): SigningKeyChange[] => [
      { kind: 'setDefault', name },
      { kind: 'remove', name },
    ]),
  ];
  const result = await fuzzParser({
    seeds: [JSON.stringify(list), JSON.stringify(list, undefined, 4), '{"keys":[]}'],
    mutate: changeJson,
    parse: (text) => parseSigningKeys(toUtf8(text)),
    isFault: (error) => isAppError(error, 'key.listMalformed'),
    check: (parsed) => {
      for (const change of changesOf(parsed.keys.map(({ name }) => name)).filter(
        ({ kind }) => kind !== 'add' || !parsed.keys.some(({ name }) => name === entry.name),
      )) {
        const { keys, defaultName } = parseSigningKeys(toUtf8(changeSigningKeyList(parsed, change)));
        const removed = change.kind === 'remove' ? change.name : undefined;
        const kept = parsed.keys.filter(({ name }) => name !== removed);
        expect(keys).toEqual(change.kind === 'add' ? [...kept, entry] : kept);
        if (change.kind === 'remove')
          expect(defaultName).toBe(parsed.defaultName === removed ? undefined : parsed.defaultName);
        else if (change.kind !== 'relocate') expect(defaultName).toBe(change.kind === 'add' ? entry.name : change.name);
      }
      const moved = ({ name }: { readonly name: string }) => ({ name, keyPath: '/new "k"', certPath: '/new/c' });
      const local = parsed.keys.flatMap(({ name, keyPath, certPath }) =>
        keyPath && certPath ? [{ name, keyPath, certPath }] : [],
      );
      const moves = local.map((from) => ({ from, to: moved(from) }));
      const { keys, defaultName } = parseSigningKeys(toUtf8(changeSigningKeyList(parsed, { kind: 'relocate', moves })));
      const isMoved = (name: string) => local.some((key) => key.name === name);
      expect(keys).toEqual(parsed.keys.map((key) => (isMoved(key.name) ? { ...key, ...moved(key) } : key)));
      expect(defaultName).toBe(parsed.defaultName);
    },
  });
  assertSound(result);
});

it('config.json: setting the format leaves every other member as it was', async () => {
  const config = {
    auths: { 'a.example': { auth: 'x' } },
    signatureFormat: 'jws',
    n: 12345678901234567890,
    credsStore: 'y',
  };
  const othersIn = (text: string): [string, unknown][] =>
    Object.entries(JSON.parse(Buffer.from(text).toString()) as object).filter(
      ([name]) => name.toLowerCase() !== 'signatureformat',
    );
  const result = await fuzzParser({
    seeds: [JSON.stringify(config), JSON.stringify(config, undefined, 2), '{}', '{\n}'],
    mutate: changeJson,
    parse: async (text) => {
      const directory = new MemoryDirectory('/notation');
      directory.put('config.json', text);
      await readDefaultFormat(directory);
      await writeDefaultFormat(directory, 'cose');
      const state = await directory.read('config.json', { maxBytes: 1_048_576 });
      return { format: (await readDefaultFormat(directory)).format, text: Buffer.from(state?.bytes ?? []).toString() };
    },
    isFault: (error) => isAppError(error, 'file.malformed'),
    check: (written, text) => {
      expect(written.format).toBe('cose');
      expect(othersIn(written.text)).toEqual(othersIn(text));
    },
  });
  assertSound(result);
});
