import { describe, expect, it } from 'vitest';
import { caShape, createTestChain, derExtension, issueCertificate, leafShape } from '../../testing/chain-factory.ts';
import { createRichCertificate } from '../../testing/rich-certificate.ts';
import { describeExtensions } from './describe-extensions.ts';
import { der } from './der-writer.ts';
import { parseCertificate } from './parse-certificate.ts';

describe('describeExtensions', () => {
  it('names each extension and tells its value', () => {
    const found = describeExtensions(parseCertificate(createRichCertificate()));
    const values = Object.fromEntries(found.map(({ oid, name, values: told }) => [name ?? oid, told]));
    expect(values).toEqual({
      basicConstraints: ['CA: false'],
      keyUsage: ['digitalSignature'],
      extKeyUsage: ['codeSigning (1.3.6.1.5.5.7.3.3)'],
      authorityInfoAccess: ['OCSP: URI: http://ocsp.example'],
      crlDistributionPoints: ['http://crl.example/a', 'http://crl.example/b'],
      subjectKeyIdentifier: ['01020304'],
      authorityKeyIdentifier: ['01020304'],
      subjectAltName: [
        'email: a@example.com',
        'DNS: www.example.com',
        'URI: https://user@example.com:80/a%20b?c#d',
        'IP: 127.0.0.1',
        '06032a0304a0030c0178',
      ],
      nameConstraints: [
        'permitted DNS: .example.com',
        'permitted IP: 10.0.0.0/255.0.0.0',
        'excluded email: a@example.com',
        'excluded email: example.com',
        'excluded URI: .example.com',
      ],
      certificatePolicies: ['1.2.3.4', '2.5.29.32.0'],
      '2.5.29.33': ['300c300a06032a030406032a0305'],
      '2.5.29.36': ['3006800100810103'],
      inhibitAnyPolicy: ['2'],
      '1.2.3.4.5': ['0c07756e6b6e6f776e'],
    });
    expect(found.filter(({ critical }) => critical).map(({ name, oid }) => name ?? oid)).toEqual([
      'basicConstraints',
      'keyUsage',
      'nameConstraints',
      '2.5.29.36',
      'inhibitAnyPolicy',
    ]);
  });

  it('tells a path length, and of long unknown ones the beginning', () => {
    const [, intermediate] = createTestChain({
      length: 3,
      intermediate: { ...caShape('intermediate'), basicConstraints: { ca: true, pathLength: 0 } },
    }).certificates;
    expect(intermediate && describeExtensions(intermediate)[0]?.values).toEqual(['CA: true', 'pathLength: 0']);
    const long = issueCertificate({
      ...leafShape,
      extraExtensions: [derExtension('1.2.3.4', false, der(0x04, Buffer.alloc(1000)))],
    });
    const told = describeExtensions(parseCertificate(long.der)).at(-1)?.values[0] ?? '';
    expect(told).toHaveLength(128 + '… (1004 bytes)'.length);
  });

  it('tells the bytes of one that has not the form of its name', () => {
    const odd = issueCertificate({
      ...leafShape,
      extraExtensions: [derExtension('2.5.29.18', false, Uint8Array.of(5, 0))],
    });
    expect(describeExtensions(parseCertificate(odd.der)).at(-1)).toEqual({
      oid: '2.5.29.18',
      name: 'issuerAltName',
      critical: false,
      values: ['0500'],
    });
  });
});
