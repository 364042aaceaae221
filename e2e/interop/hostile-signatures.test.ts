import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers } from './peers.ts';
import { pushSignature } from './push-signature.ts';
import { strictStatement, Workbench, type Place } from './workbench.ts';

interface Envelope {
  payload: string;
  protected: string;
  signature: string;
  header: { x5c: string[] };
}

const decode = (part: string): string => Buffer.from(part, 'base64url').toString();
const encode = (text: string): string => Buffer.from(text).toString('base64url');
const flip = (part: string, at: number): string => {
  const bytes = Buffer.from(part, 'base64url');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64url');
};

/** What is done to a valid envelope; every one must fail integrity on both sides. */
const mutations: readonly (readonly [string, (envelope: Envelope) => unknown])[] = [
  [
    'another digest in the payload',
    (e) => ({ ...e, payload: encode(decode(e.payload).replace(/[0-9a-f]{64}/, 'a'.repeat(64))) }),
  ],
  [
    'another size in the payload',
    (e) => ({ ...e, payload: encode(decode(e.payload).replace(/"size":\d+/, '"size":1')) }),
  ],
  ['a flipped bit in the signature', (e) => ({ ...e, signature: flip(e.signature, 20) })],
  ['another signing time', (e) => ({ ...e, protected: encode(decode(e.protected).replace(/20\d\d-/, '2001-')) })],
  ['another algorithm', (e) => ({ ...e, protected: encode(decode(e.protected).replace('PS256', 'PS384')) })],
  ['algorithm none', (e) => ({ ...e, protected: encode(decode(e.protected).replace('PS256', 'none')), signature: '' })],
  ['no certificates', (e) => ({ ...e, header: { ...e.header, x5c: [] } })],
  ['no crit', (e) => ({ ...e, protected: encode(decode(e.protected).replace(/"crit":\[[^\]]*\],/, '')) })],
  [
    'the general serialization',
    (e) => ({ payload: e.payload, signatures: [{ protected: e.protected, signature: e.signature }] }),
  ],
  ['no JSON at all', () => 'not an envelope'],
];

describe.skipIf(!havePeers())('signatures of an attacker with push rights', () => {
  let bench: Workbench;
  let place: Place;
  let envelope: Envelope;
  let subject: { mediaType: string; digest: string; size: number };
  let open: (repository: string, tag: string) => Place;

  beforeAll(async () => {
    bench = await Workbench.open();
    open = await bench.addRegistry('registry');
    place = open('samples/hello', '1.0');
    await bench.createKey('suji');
    const signed = await bench.sign(place, 'suji');
    subject = signed.subject;
    const { sourceId, repository } = place;
    const shown = await bench.engine.call('artifacts.readSignature', {
      sourceId,
      repository,
      digest: signed.signatureDigest,
    });
    envelope = JSON.parse(shown.raw) as Envelope;
  }, 60_000);
  afterAll(() => bench.close());

  test.each(mutations)('%s is refused by both', async (_title, mutate) => {
    const bytes = new TextEncoder().encode(JSON.stringify(mutate(envelope)));
    const digest = await pushSignature(place, subject, bytes);
    await bench.savePolicy(strictStatement('s', place.scope, 'suji'));
    const report = await bench.verify(place);
    const mine = report.signatures.find(({ manifestDigest }) => manifestDigest === digest);
    expect(mine?.verdict).toBe('notTrusted');
    expect(mine?.checks[0]).toMatchObject({ check: 'integrity', result: 'failed', action: 'enforce' });
    // A broken signature beside a good one blocks nothing.
    expect(report.verdict).toBe('verified');

    const asked = await bench.oracle.ask<{ verdict: string }>('verifyEnvelope', {
      ref: `${place.scope}@${place.digest}`,
      descriptor: subject,
      envelope: Buffer.from(bytes).toString('base64'),
      mediaType: 'application/jose+json',
      configDir: bench.configDir,
    });
    expect(asked.verdict).toBe('failed');
  });

  test('a valid signature of another artifact does not count', async () => {
    const other = open('samples/web', '2.0.0');
    const resolved = await bench.engine.call('artifacts.resolveReference', {
      sourceId: other.sourceId,
      repository: other.repository,
      reference: other.tag,
    });
    await pushSignature(other, resolved.descriptor, new TextEncoder().encode(JSON.stringify(envelope)));
    await bench.savePolicy(strictStatement('s', other.scope, 'suji'));
    const report = await bench.verify(other);
    const reference = await bench.verifyWithReference(other);
    expect(reference.verdict).toBe('failed');
    expect(report.verdict).toBe('notTrusted');
    expect(report.signatures[0]?.fatal.map(({ message }) => message)).toEqual([reference.outcomes[0]?.error?.message]);
  });
});
