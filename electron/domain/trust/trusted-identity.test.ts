import { describe, expect, it } from 'vitest';
import { matchIdentity } from './trusted-identity.ts';

const subject = 'CN=suji,OU=Build,O=Notary,L=Seattle,ST=WA,C=US';

describe('matchIdentity', () => {
  it.each([
    [['*'], '*'],
    [['x509.subject: C=US, ST=WA, O=Notary'], 'x509.subject: C=US, ST=WA, O=Notary'],
    [['x509.subject:O=Notary;S=WA;C=US;CN=suji'], 'x509.subject:O=Notary;S=WA;C=US;CN=suji'],
    [
      ['other:x', 'x509.subject: C=DE, ST=BY, O=X', 'x509.subject: C=US, ST=WA, O=Notary'],
      'x509.subject: C=US, ST=WA, O=Notary',
    ],
  ])('%j matches by %s', (identities, identity) => {
    expect(matchIdentity(identities, subject, 'p')).toMatchObject({ kind: 'matched', identity });
  });

  it('tells every difference, attribute by attribute', () => {
    const match = matchIdentity(['x509.subject: C=US, ST=wa, O=Notary, STREET=x'], subject, 'p');
    expect(match).toMatchObject({
      kind: 'noMatch',
      message:
        'signing certificate from the digital signature does not match the X.509 trusted identities [map["C":"US" "O":"Notary" "ST":"wa" "STREET":"x"]] defined in the trust policy "p"',
      trials: [
        {
          matched: false,
          differences: [
            { attribute: 'ST', wanted: 'wa', found: 'WA' },
            { attribute: 'STREET', wanted: 'x' },
          ],
        },
      ],
    });
  });

  it.each([
    ['two units', 'CN=a,OU=x+OU=y,O=Notary,ST=WA,C=US', 'multiValued'],
    ['no state', 'CN=a,O=Notary,C=US', 'missing'],
    ['an e-mail address', '1.2.840.113549.1.9.1=#0c0161,CN=a,O=Notary,ST=WA,C=US', 'hexValue'],
  ])('cannot compare a subject with %s', (_, odd, kind) => {
    const match = matchIdentity(['x509.subject: C=US, ST=WA, O=Notary'], odd, 'p');
    expect(match).toMatchObject({ kind: 'badSubject', fault: { kind } });
    expect(matchIdentity(['*'], odd, 'p').kind).toBe('matched');
  });

  it('needs an identity it understands', () => {
    expect(matchIdentity(['aws:arn'], subject, 'p')).toMatchObject({
      kind: 'noX509Identity',
      message: 'no x509 trusted identities are configured in the trust policy "p"',
    });
  });
});
