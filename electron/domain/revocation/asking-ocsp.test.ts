import { beforeEach, describe, expect, it } from 'vitest';
import { derExtension, issueCertificate, leafShape, testKey } from '../../testing/chain-factory.ts';
import { RevocationBench, urls, type Behaviour } from '../../testing/revocation-bench.ts';
import { derGeneralized, writeCrl, writeOcspRefusal, writeOcspResponse } from '../../testing/revocation-writer.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';

const hourMs = 3_600_000;
const inHours = (hours: number): Date => new Date(Date.now() + hours * hourMs);
const general = 'error checking revocation status via OCSP';
let bench: RevocationBench;
beforeEach(() => {
  bench = new RevocationBench({ ocspUrls: [urls.ocsp] });
});

const answer = (shape?: Parameters<typeof writeOcspResponse>[2]): Uint8Array =>
  writeOcspResponse(bench.leaf, bench.issuer, shape);
/** A certificate of the leaf's issuer that may, or may not, sign OCSP answers. */
function responder(shape: Parameters<typeof issueCertificate>[0]) {
  const { certificate, privateKey } = bench.issuer;
  const name = [
    ['C', 'US'],
    ['ST', 'WA'],
    ['O', 'Notary'],
    ['CN', 'root'],
  ] as const;
  return issueCertificate(shape, { der: certificate.raw, name, privateKey }, 'responder');
}
const ocspSigning = {
  keyUsage: { usages: ['digitalSignature'] },
  extendedKeyUsage: { oids: ['1.3.6.1.5.5.7.3.9'] },
} as const;

describe('a question to an OCSP server', () => {
  it('is sent in the address, and the answer is told with its times', async () => {
    bench.servers.set(urls.ocsp, answer({ status: 'good' }));
    const found = await bench.ask();
    expect(found).toMatchObject({ result: 'good', subject: bench.leaf.subject });
    expect(found.questions).toEqual([
      expect.objectContaining({ method: 'ocsp', url: urls.ocsp, outcome: 'good', fromCache: false }),
    ]);
    expect(Object.keys(found.questions[0] ?? {})).toEqual(
      expect.arrayContaining(['producedAt', 'thisUpdate', 'nextUpdate', 'askedAt', 'tookMs']),
    );
    const [request] = bench.requests;
    expect(request).toMatchObject({ method: 'GET', headers: {}, addresses: 'public', deadlineMs: 2000 });
    const sent = Buffer.from(decodeURIComponent(request?.url.slice(urls.ocsp.length + 1) ?? ''), 'base64');
    expect(sent.subarray(0, 2)).toEqual(Buffer.of(0x30, sent.length - 2));
  });

  it('goes into the body when it is long', async () => {
    bench = new RevocationBench({ ocspUrls: [urls.ocsp], serialNumber: Buffer.alloc(120, 7) });
    bench.servers.set(urls.ocsp, answer());
    expect((await bench.ask()).result).toBe('good');
    expect(bench.requests[0]).toMatchObject({
      method: 'POST',
      url: urls.ocsp,
      headers: { 'content-type': 'application/ocsp-request' },
    });
  });

  it.each([
    ['http://ocsp.example/a/', /^http:\/\/ocsp\.example\/a\/M[A-Za-z0-9%]+$/],
    ['http://ocsp.example', /^http:\/\/ocsp\.example\/M[A-Za-z0-9%]+$/],
    ['http://ocsp.example/a?ca=1', /^http:\/\/ocsp\.example\/a\/M[A-Za-z0-9%]+\?ca=1$/],
  ])('keeps the address %s whole', async (url, sent) => {
    bench = new RevocationBench({ ocspUrls: [url] });
    await bench.ask();
    expect(bench.requests[0]?.url).toMatch(sent);
  });

  it.each<[string, Parameters<typeof writeOcspResponse>[2], string, string | undefined]>([
    ['good', {}, 'good', undefined],
    ['good by SHA-256', { hash: 'sha256' }, 'good', undefined],
    ['revoked', { status: 'revoked' }, 'revoked', 'certificate is revoked via OCSP'],
    ['unknown', { status: 'unknown' }, 'unknown', 'certificate has unknown status via OCSP'],
    ['out of date', { nextUpdate: inHours(-1) }, 'expired', `${general}: expired OCSP response`],
    ['without nextUpdate (rule O-12)', { nextUpdate: null }, 'noNextUpdate', `${general}: expired OCSP response`],
    [
      'about another number',
      { serialNumber: '77' },
      'otherCertificate',
      'no response matching the supplied certificate',
    ],
    ['by an unknown hash', { hash: 'md5' }, 'unsupported', 'unsupported issuer hash algorithm'],
    [
      'with a critical extension',
      { extensions: [derExtension('1.2.3', true, Uint8Array.of(5, 0))] },
      'unsupported',
      'unsupported critical extension',
    ],
    [
      'signed by a stranger',
      { signer: { privateKey: testKey('EC-256', 'stranger') } },
      'badSignature',
      'bad OCSP signature: x509: ECDSA verification failure',
    ],
  ])('case S-09: an answer %s', async (_, shape, outcome, fault) => {
    bench.servers.set(urls.ocsp, answer(shape));
    const { result, questions } = await bench.ask();
    expect(result).toBe(outcome === 'good' || outcome === 'revoked' ? outcome : 'unknown');
    expect(questions[0]).toMatchObject({ outcome, ...(fault !== undefined && { fault }) });
    if (outcome === 'revoked') expect(questions[0]?.revokedAt).toBeDefined();
  });

  it('case S-09: an answer about the same number of another issuer', async () => {
    const stranger = parseCertificate(issueCertificate(leafShape, undefined, 'stranger').der);
    bench.servers.set(urls.ocsp, answer({ about: stranger }));
    expect((await bench.ask()).questions[0]?.outcome).toBe('otherCertificate');
  });

  it.each<[string, Behaviour, string, string | undefined]>([
    ['malformed', writeOcspRefusal(1), 'serverRefused', `${general}: OCSP malformed`],
    ['internal error', writeOcspRefusal(2), 'serverRefused', `${general}: OCSP internal error`],
    ['try later', writeOcspRefusal(3), 'serverRefused', `${general}: OCSP try later`],
    ['signature required', writeOcspRefusal(5), 'serverRefused', `${general}: OCSP signature required`],
    ['unauthorized', writeOcspRefusal(6), 'serverRefused', `${general}: OCSP unauthorized`],
    ['nonsense', Uint8Array.of(1, 2, 3), 'malformed', undefined],
    ['nothing', new Uint8Array(), 'malformed', undefined],
    ['20 KiB + 1', new Uint8Array(20_481), 'tooLarge', undefined],
    ['a declared length', { status: 200, headers: { 'content-length': '9999999' } }, 'tooLarge', undefined],
    ['404', { status: 404 }, 'badStatus', 'failed to retrieve OCSP: response had status code 404'],
    ['a redirect', { status: 302 }, 'redirected', 'failed to retrieve OCSP: response had status code 302'],
    ['no connection', 'refused', 'unreachable', `${general}: refused`],
    ['silence', 'timeout', 'timeout', 'exceeded timeout threshold of 2.00 seconds for OCSP check'],
    ['a private address', 'privateAddress', 'addressRefused', undefined],
  ])('case S-09: %s instead of an answer', async (_, behaviour, outcome, fault) => {
    bench.servers.set(urls.ocsp, behaviour);
    const { result, questions } = await bench.ask();
    expect(result).toBe('unknown');
    expect(questions[0]).toMatchObject({ outcome, ...(fault !== undefined && { fault }) });
  });

  it.each([
    ['https://ocsp.example', 'https'],
    ['ldap://ocsp.example', 'ldap'],
    ['file:///etc/passwd', 'file'],
    ['nothing', ''],
    ['http://[', 'http'],
  ])('is not put to %s', async (url, scheme) => {
    bench = new RevocationBench({ ocspUrls: [url] });
    expect((await bench.ask()).questions[0]).toMatchObject({
      outcome: 'notHttp',
      fault: `${general}: OCSPServer protocol ${scheme} is not supported`,
    });
    expect(bench.requests).toEqual([]);
  });

  it('no truncation or change of an answer gets through or breaks anything', async () => {
    const whole = answer();
    for (let index = 0; index < whole.length; index += 1) {
      const changed = Uint8Array.from(whole);
      changed[index] = (changed[index] ?? 0) ^ 0xff;
      for (const bytes of [changed, whole.subarray(0, index)]) {
        bench.servers.set(urls.ocsp, bytes);
        expect((await bench.ask()).result).toBe('unknown');
      }
    }
  });
});

describe('who may answer', () => {
  it('a certificate of the issuer for signing OCSP answers', async () => {
    bench.servers.set(urls.ocsp, answer({ signer: responder(ocspSigning) }));
    expect((await bench.ask()).result).toBe('good');
  });

  it.each([
    ['a certificate for something else', leafShape],
    ['an expired one', { ...ocspSigning, notAfter: inHours(-1) }],
    ['one that is not valid yet', { ...ocspSigning, notBefore: inHours(1) }],
  ])('case S-09: not %s, though the issuer issued it', async (_, shape) => {
    bench.servers.set(urls.ocsp, answer({ signer: responder(shape) }));
    expect((await bench.ask()).questions[0]?.outcome).toBe('wrongResponder');
  });

  it('case S-09: not a certificate of somebody else', async () => {
    const stranger = issueCertificate(ocspSigning, undefined, 'stranger');
    bench.servers.set(urls.ocsp, answer({ signer: stranger }));
    expect((await bench.ask()).questions[0]).toMatchObject({
      outcome: 'badSignature',
      fault: 'bad OCSP signature: x509: ECDSA verification failure',
    });
  });

  it('case S-09: not without having signed', async () => {
    const { der: certificate } = responder(ocspSigning);
    bench.servers.set(urls.ocsp, answer({ signer: { privateKey: testKey('EC-256', 'stranger'), der: certificate } }));
    expect((await bench.ask()).questions[0]?.fault).toBe(
      'bad signature on embedded certificate: x509: ECDSA verification failure',
    );
  });
});

describe('several servers', () => {
  beforeEach(() => {
    bench = new RevocationBench({ ocspUrls: [urls.ocsp, urls.spare] });
  });

  it.each<[string, Behaviour, string, number]>([
    ['a failure leads to the next', { status: 500 }, 'good', 2],
    ['so does nonsense', new Uint8Array(), 'good', 2],
  ])('%s', async (_, first, result, asked) => {
    bench.servers.set(urls.ocsp, first);
    bench.servers.set(urls.spare, answer());
    const found = await bench.ask();
    expect([found.result, found.questions.length]).toEqual([result, asked]);
  });

  it('unknown is an answer: nobody else is asked', async () => {
    bench.servers.set(urls.ocsp, answer({ status: 'unknown' }));
    bench.servers.set(urls.spare, answer());
    expect(await bench.ask()).toMatchObject({ result: 'unknown', questions: [{ outcome: 'unknown' }] });
  });

  it('case S-09: what OCSP leaves unknown, the list decides', async () => {
    bench = new RevocationBench();
    bench.servers.set(urls.ocsp, answer({ nextUpdate: null }));
    bench.servers.set(urls.crl, writeCrl(bench.issuer));
    expect(await bench.ask()).toMatchObject({
      result: 'good',
      questions: [{ outcome: 'noNextUpdate' }, { method: 'crl', outcome: 'good' }],
    });
    bench.servers.set(urls.ocsp, answer({ status: 'revoked' }));
    expect(await bench.ask()).toMatchObject({ result: 'revoked', questions: [{ outcome: 'revoked' }] });
  });
});

describe('the invalidity date of an answer', () => {
  const revokedFrom = (moment: Date): Uint8Array =>
    answer({ status: 'revoked', extensions: [derExtension('2.5.29.24', false, derGeneralized(moment))] });

  it.each([
    ['after the signing time of an authority', inHours(-2), inHours(-3), 'good'],
    ['before it', inHours(-4), inHours(-3), 'revoked'],
    ['and no such time', inHours(-2), undefined, 'revoked'],
  ])('case S-08: %s', async (_, invalidityDate, signedAt, result) => {
    bench.servers.set(urls.ocsp, revokedFrom(invalidityDate));
    expect((await bench.ask(signedAt)).result).toBe(result);
  });

  it('case S-08: that cannot be read does not help', async () => {
    const extensions = [derExtension('2.5.29.24', false, Uint8Array.of(5, 0))];
    bench.servers.set(urls.ocsp, answer({ status: 'revoked', extensions }));
    expect((await bench.ask(inHours(-9))).result).toBe('revoked');
  });
});
