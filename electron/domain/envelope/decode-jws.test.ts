import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { jwsCases } from '../../testing/jws-cases.ts';
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
});
