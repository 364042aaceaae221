import { describe, expect, it } from 'vitest';
import { timestampDetailsSchema } from '../../../shared/model/timestamp.ts';
import { TestAuthority } from '../../testing/timestamp-authority.ts';
import { decodeTimestamp } from './timestamp-details.ts';

const authority = new TestAuthority();
const signature = new TextEncoder().encode('a signature value');

describe('decodeTimestamp', () => {
  it('shows what the token says, and the chain from its signer up', () => {
    const [leaf, intermediate] = authority.chain.ders;
    const certificates = [intermediate, leaf].flatMap((der) => der ?? []);
    const { details, fault } = decodeTimestamp(authority.createToken(signature, { certificates }), signature);
    expect(fault).toBeUndefined();
    expect(details?.chain.map(({ commonName, role }) => [commonName, role])).toEqual([
      ['tsa', 'leaf'],
      ['tsa intermediate', 'intermediate'],
    ]);
    expect(details?.chain[0]?.rules.every(({ status }) => status === 'holds')).toBe(true);
    expect(timestampDetailsSchema.parse(details)).toEqual(details);
  });

  it('case S-01: still shows a token about something else, and says so', () => {
    const { details, fault } = decodeTimestamp(authority.createToken(new Uint8Array(1)), signature);
    expect(details?.chain).toHaveLength(3);
    expect(fault?.code).toBe('otherSignature');
  });

  it('shows nothing of a token whose own signature does not hold', () => {
    const token = authority.createToken(signature, { certHash: new Uint8Array(32) });
    expect(decodeTimestamp(token, signature)).toMatchObject({ fault: { code: 'tokenInvalid' } });
    expect(decodeTimestamp(token, signature).details).toBeUndefined();
    expect(decodeTimestamp(Uint8Array.of(0x30, 0), signature).fault?.code).toBe('tokenMalformed');
  });
});
