import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { coseCases } from '../../testing/cose-cases.ts';
import { forgeCose } from '../../testing/cose-forge.ts';
import { caseChain } from '../../testing/jws-case.ts';
import { decodeCose } from './decode-cose.ts';

function faultOf(bytes: Uint8Array): string | undefined {
  try {
    decodeCose(bytes);
    return undefined;
  } catch (error) {
    if (isAppError(error, 'envelope.malformed')) return error.details.fault.replace(/ at offset \d+$/, '');
    throw error;
  }
}

describe('decodeCose', () => {
  it.each(coseCases.map((coseCase) => [coseCase.name, coseCase] as const))('%s', (_name, { bytes, fault }) => {
    const made = bytes();
    // The processor's time, which other processes do not take from us.
    const start = process.cpuUsage();
    expect(faultOf(made)).toBe(fault);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
  });

  it('gives what it read, and nothing of the prototype', () => {
    const scheme = 'io.cncf.notary.signingScheme';
    const envelope = decodeCose(
      forgeCose(caseChain(), {
        header: [
          ['__proto__', 1],
          [99, 'n'],
          [2, [scheme, 99]],
        ],
      }),
    );
    expect(envelope).toMatchObject({ format: 'cose', algorithm: 'ES256', signingScheme: 'notary.x509' });
    expect(envelope.signingTime).toEqual(new Date('2026-11-23T07:45:11Z'));
    expect(envelope.signingAgent).toBe('forge/1.0');
    expect(envelope.protectedHeaders.map(({ name, critical }) => [name, critical])).toEqual([
      ['1 (alg)', false],
      ['2 (crit)', false],
      ['3 (content type)', false],
      ['99', true],
      ['__proto__', false],
      ['io.cncf.notary.signingTime', false],
      [scheme, true],
    ]);
    expect(envelope.extendedAttributes).toEqual([
      { name: '99', value: 'n', critical: true, integerLabel: 99 },
      { name: '__proto__', value: 1, critical: false },
    ]);
    expect(envelope.unprotectedHeaders.map(({ name }) => name)).toEqual([
      '33 (x5chain)',
      'io.cncf.notary.signingAgent',
    ]);
  });
});
