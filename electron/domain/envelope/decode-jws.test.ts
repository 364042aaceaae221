import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { jwsCases } from '../../testing/jws-cases.ts';
import { caseChain } from '../../testing/jws-case.ts';
import { forgeJws, payloadText } from '../../testing/jws-forge.ts';
import { decodeJws } from './decode-jws.ts';

function faultOf(bytes: Uint8Array): string | undefined {
  try {
    decodeJws(bytes);
    return undefined;
  } catch (error) {
    if (isAppError(error, 'envelope.malformed')) return error.details.fault.replace(/ at offset \d+$/, '');
    throw error;
  }
}

describe('decodeJws', () => {
  it.each(jwsCases.map((jwsCase) => [jwsCase.name, jwsCase] as const))('%s', (_name, { text, fault }) => {
    expect(faultOf(Buffer.from(text()))).toBe(fault);
  });

  const scheme = 'io.cncf.notary.signingScheme';
  const many = Array.from({ length: 30_000 }, (_, index) => `n${index}`);
  it.each<[string, () => unknown]>([
    [
      '30,000 critical attributes',
      () =>
        forgeJws(caseChain(), {
          header: { crit: [scheme, ...many], ...Object.fromEntries(many.map((name) => [name, 1])) },
        }),
    ],
    ['a signature of 1 MiB', () => ({ ...forgeJws(caseChain()), signature: 'A'.repeat(1_048_576) })],
    ['a header deep in lists', () => forgeJws(caseChain(), { headerText: '['.repeat(100_000) })],
    [
      '5,000 certificates',
      () => ({ ...forgeJws(caseChain()), header: { x5c: Array.from({ length: 5000 }, () => 'AAAA') } }),
    ],
  ])('takes %s in its stride', (_name, make) => {
    const bytes = Buffer.from(JSON.stringify(make()));
    // The processor's time, which other processes do not take from us.
    const start = process.cpuUsage();
    expect(faultOf(bytes)).not.toBe('');
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1500);
  });

  it('gives what it read, and nothing of the prototype', () => {
    const annotations = JSON.parse('{"__proto__":"p","constructor":"c"}') as Record<string, string>;
    const envelope = decodeJws(
      Buffer.from(
        JSON.stringify(
          forgeJws(caseChain(), {
            payloadText: payloadText.replace('"digest"', `"annotations":${JSON.stringify(annotations)},"digest"`),
          }),
        ),
      ),
    );
    expect(Object.keys(envelope.target.annotations ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.hasOwn(envelope.target.annotations ?? {}, 'toString')).toBe(false);
    expect(envelope.target.annotations?.['toString']).toBeUndefined();
    expect(envelope.protectedHeaders.map(({ name, critical }) => [name, critical])).toEqual([
      ['alg', false],
      ['crit', false],
      ['cty', false],
      [scheme, true],
      ['io.cncf.notary.signingTime', false],
    ]);
    expect(envelope.unprotectedHeaders.map(({ name }) => name)).toEqual(['x5c', 'io.cncf.notary.signingAgent']);
    expect(Buffer.from(envelope.signedBytes).toString()).toMatch(/^[\w-]+\.[\w-]+$/);
  });
});
