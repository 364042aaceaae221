import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract, type AllHandlers, type MethodName } from '../../shared/contract/contract.ts';
import type { HostCapability } from '../../shared/contract/define.ts';
import { createDispatch, type CallFault } from '../../shared/rpc/dispatch.ts';
import { SeededRandom, seedOfRun } from './seeded-random.ts';

const methods = Object.keys(contract) as MethodName[];
const capabilities: HostCapability[] = ['nativeDialog', 'filePaths', 'window', 'pluginInstall'];
/** `INKAN_MUTATIONS` asks for another number; the whole of them takes a minute. */
const inputsOfAMethod = Math.min(10_000, Number(process.env['INKAN_MUTATIONS'] ?? 1000));
const refuse = (): Promise<never> => Promise.reject(reached);
const never = new AbortController().signal;
/** Thrown by every handler: what got so far was input that the schema takes. */
const reached = new Error('reached');

type Schema = Exclude<z.core.JSONSchema._JSONSchema, boolean>;
const schemaOf = (method: MethodName): Schema =>
  z.toJSONSchema(contract[method].input, { io: 'input', unrepresentable: 'any' });

/** Names of members anywhere in a schema. */
function memberNames(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  const { properties } = schema as Schema;
  if (properties) for (const name of Object.keys(properties)) found.add(name);
  for (const part of Object.values(schema)) memberNames(part, found);
  return found;
}

const oddities: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1.5, 2 ** 53, -(2 ** 31), Number.NaN, Number.POSITIVE_INFINITY, undefined],
  ...[
    '',
    ' ',
    'a',
    '../../etc/passwd',
    '/etc/passwd',
    'C:\\x',
    '\\\\host\\share',
    'file:///x',
    'http://u:p@h/',
    '__proto__',
  ],
  ...['\u0000', '\u202e', '\ud800', 'x'.repeat(5000), `sha256:${'a'.repeat(64)}`, '{"a":1}', '$(id)', '%00', '1e400'],
];

function makeValue(random: SeededRandom, names: readonly string[], depth: number): unknown {
  const choice = depth > 3 ? 0 : random.below(10);
  if (choice < 6) return random.pick(oddities.map((value) => [value]))[0];
  if (choice < 8) return Array.from({ length: random.below(4) }, () => makeValue(random, names, depth + 1));
  return makeObject(random, names, depth + 1);
}

function makeObject(random: SeededRandom, names: readonly string[], depth: number): unknown {
  const chosen = names.filter(() => random.chance(depth === 0 ? 0.7 : 0.4));
  const more = random.chance(0.1) ? ['__proto__', 'constructor', 'toString'] : [];
  return Object.fromEntries([...chosen, ...more].map((name) => [name, makeValue(random, names, depth)]));
}

describe('case I-02: inputs made at random', () => {
  it.each(methods)('%s refuses them or takes them by its schema, and breaks over none', async (method) => {
    const faults: CallFault[] = [];
    const handlers = Object.fromEntries(methods.map((each) => [each, refuse])) as unknown as AllHandlers;
    const dispatch = createDispatch({
      handlers,
      capabilities,
      newTraceId: () => 'trace',
      onFault: (fault) => void faults.push(fault),
    });
    const random = new SeededRandom(seedOfRun());
    const names = [...memberNames(schemaOf(method))];
    const codes = new Set<string>();
    for (let count = 0; count < inputsOfAMethod; count += 1) {
      const input = random.chance(0.1) ? makeValue(random, names, 0) : makeObject(random, names, 0);
      const answer = await dispatch(method, input, never);
      codes.add(answer.ok ? 'ok' : answer.error.code);
    }
    expect([...codes].filter((code) => code !== 'rpc.badInput' && code !== 'rpc.internal')).toEqual([]);
    expect(faults.filter(({ cause }) => cause !== undefined && cause !== reached)).toEqual([]);
  });
});

describe('case I-03: no method', () => {
  it.each(methods)('%s has a place for a path', (method) => {
    const names = [...memberNames(schemaOf(method))];
    expect(names.filter((name) => /path|folder|directory/i.test(name))).toEqual([]);
  });
});
