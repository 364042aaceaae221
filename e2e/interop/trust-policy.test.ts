import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers } from './peers.ts';
import { Workbench } from './workbench.ts';

type Json = Record<string, unknown>;
const base = (): Json & { trustPolicies: Json[] } => ({
  version: '1.0',
  trustPolicies: [
    {
      name: 'web',
      registryScopes: ['registry.example/acme/web', 'registry.example/acme/api'],
      signatureVerification: { level: 'strict', override: { revocation: 'log' }, verifyTimestamp: 'always' },
      trustStores: ['ca:acme', 'tsa:acme'],
      trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme, CN=web', 'x509.subject: C=JP, ST=Tokyo, O=Acme'],
    },
    {
      name: 'others',
      registryScopes: ['*'],
      signatureVerification: { level: 'audit' },
      trustStores: ['ca:acme'],
      trustedIdentities: ['*'],
    },
  ],
});

/** One value set at a path of the valid document. */
type Defect = readonly [path: readonly (string | number)[], value: unknown];
const statement = (...path: (string | number)[]): (string | number)[] => ['trustPolicies', 0, ...path];
const defects: readonly Defect[] = [
  [['version'], ''],
  [['version'], '2.0'],
  [['trustPolicies'], []],
  [statement('name'), ''],
  [statement('name'), 'others'],
  [statement('registryScopes'), []],
  ...[
    '',
    '*x',
    'registry.example/acme/*',
    'acme',
    'https://registry.example/acme',
    'registry.example/Acme/web',
    'registry.example/acme/web:1.0',
    'registry.example/acme//web',
    'under_score.example/acme',
    '[::1]/acme/web',
    'registry.example:5000x/web',
    '-a.example/web',
    'registry.example/web/',
    'registry.example/a..b',
    'registry.example/a__b',
    'registry.example/a___b',
    'registry.example/a--b',
    'local/layout',
    'registry.example/acme/api',
  ].map((scope): Defect => [statement('registryScopes', 0), scope]),
  [statement('registryScopes'), ['*', 'registry.example/acme/web']],
  [statement('registryScopes'), ['*']],
  ...['', 'Strict', 'skip', 'none'].map((level): Defect => [statement('signatureVerification', 'level'), level]),
  [statement('signatureVerification', 'override'), { integrity: 'enforce' }],
  [statement('signatureVerification', 'override'), { authenticity: 'skip' }],
  [statement('signatureVerification', 'override'), { expiry: 'skip' }],
  [statement('signatureVerification', 'override'), { authenticTimestamp: 'skip' }],
  [statement('signatureVerification', 'override'), { revocation: 'skip' }],
  [statement('signatureVerification', 'override'), { Revocation: 'skip' }],
  [statement('signatureVerification', 'override'), { revocation: 'ignore' }],
  [statement('signatureVerification', 'override'), {}],
  [statement('signatureVerification', 'verifyTimestamp'), 'never'],
  [statement('signatureVerification', 'verifyTimestamp'), ''],
  [statement('trustStores'), []],
  ...['acme', 'CA:acme', 'ca:', 'ca:a/b', 'ca:a b', 'ca:acme:x', ':acme', 'ca:..'].map((store): Defect => [
    statement('trustStores', 0),
    store,
  ]),
  [statement('trustedIdentities'), []],
  [statement('trustedIdentities'), ['*', 'x509.subject: C=US, ST=WA, O=Acme']],
  ...[
    '',
    'acme',
    'x509.subject:',
    'x509.subject: ',
    'arn:aws:x',
    'x509.subject: C=US, ST=WA',
    'x509.subject: C=US,ST=WA,O=#0401',
    'x509.subject: C=US+ST=WA, O=Acme',
    'x509.subject: C=US, C=US, ST=WA, O=Acme',
    'x509.subject: nonsense',
    'X509.Subject: C=US, ST=WA, O=Acme',
    'x509.subject: C=JP, ST=Tokyo, O=Acme, CN=x',
    'x509.subject: C=JP, S=Tokyo, O=Acme',
    'x509.subject: c=US, st=WA, o=Acme',
    'x509.subject: C=US; ST=WA; O=Acme',
    'x509.subject: C=US, ST=WA, O=Acme\\, Inc.',
    'x509.subject: C=US, ST=WA, O="Acme, Inc."',
    'x509.subject: C=US,, ST=WA, O=Acme',
    'x509.subject: C=, ST=WA, O=Acme',
    'x509.subject: C=US, ST=WA, O=Acme,',
    'x509.subject:C=US,ST=WA,O=Acme\\',
    'x509.subject: C=US, ST=WA, O=\\41cme',
    'x509.subject: C=US, ST=WA, O=Ac\\zme',
  ].map((text): Defect => [statement('trustedIdentities', 0), text]),
];

function withDefect([path, value]: Defect): string {
  const document = base();
  let at: Record<string | number, unknown> = document;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1) as string] = value;
  return JSON.stringify(document, undefined, 2);
}

/** Release 1.3 says "trust policy" where release 2 says "oci trust policy"; rules and order are the same. */
const withoutKind = (message: string | undefined): string | undefined =>
  message?.replaceAll('oci trust policy', 'trust policy');

describe.skipIf(!havePeers())('trust policies are judged as the reference judges them', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await Workbench.open();
  });
  afterAll(() => bench.close());

  test.each(defects.map((defect) => [`${defect[0].join('.')} = ${JSON.stringify(defect[1])}`, defect] as const))(
    '%s',
    async (_title, defect) => {
      const text = withDefect(defect);
      const { error } = await bench.oracle.ask<{ error: { message: string } | null }>('validatePolicy', {
        document: text,
      });
      const judged = await bench.engine.call('policies.validatePolicy', { text });
      const first = judged.problems.find(({ severity }) => severity === 'error');
      expect(withoutKind(first?.message)).toBe(withoutKind(error?.message));
      expect(judged.statements === null).toBe(error !== null);
      for (const { from, to } of judged.problems) expect(text.slice(from, to)).not.toBe('');
    },
  );

  test.each([
    'registry.example/acme/web@sha256:' + 'a'.repeat(64),
    'registry.example/acme/api@sha256:' + 'a'.repeat(64),
    'registry.example/acme@sha256:' + 'a'.repeat(64),
    'registry.example/acme/web/deep@sha256:' + 'a'.repeat(64),
    'REGISTRY.example/acme/web@sha256:' + 'a'.repeat(64),
    'registry.example:443/acme/web@sha256:' + 'a'.repeat(64),
  ])('the statement for %s', async (reference) => {
    const text = JSON.stringify(base());
    const asked = await bench.oracle.try<{ name: string }>('selectStatement', { document: text, ref: reference });
    const { selection } = await bench.engine.call('policies.explainSelection', { reference, text });
    const applied = selection?.candidates.find(({ index }) => index === selection.applied);
    expect(applied?.name).toBe(asked.result?.name);
  });
});
