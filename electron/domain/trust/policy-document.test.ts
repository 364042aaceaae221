import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyProblemCode } from '../../../shared/model/policy-problems.ts';
import { isUsable, validatePolicy } from './policy-document.ts';
import { parsePolicy } from './policy-text.ts';

type Json = Record<string, unknown>;

const identity = 'x509.subject: C=US, ST=WA, O=Notary, CN=one';

function statement(change: Json = {}): Json {
  return {
    name: 'one',
    registryScopes: ['localhost:5000/busybox'],
    signatureVerification: { level: 'strict' },
    trustStores: ['ca:acme'],
    trustedIdentities: ['*'],
    ...change,
  };
}

function policy(change: Json = {}, ...statements: Json[]): string {
  return JSON.stringify({
    version: '1.0',
    trustPolicies: statements.length > 0 ? statements : [statement()],
    ...change,
  });
}

const one = (change: Json): string => policy({}, statement(change));
const verification = (change: Json): string => one({ signatureVerification: { level: 'strict', ...change } });
const skip = (change: Json): Json =>
  statement({ signatureVerification: { level: 'skip' }, trustStores: [], trustedIdentities: [], ...change });
const core = 'oci trust policy: trust policy statement "one" ';
const wrong = `${core}has invalid signatureVerification: `;
const advice =
  'make sure it is a fully qualified repository without the scheme, protocol or tag. For example domain.com/my/repository or a local scope like local/myOCILayout';
const name = 'x509.subject: C=US, O=Notary, ST=WA';
const malformed =
  'malformed trust policy. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy';

/** One defect each, with the reference's sentence word for word. */
const defects: readonly [title: string, text: string, code: PolicyProblemCode, message: string][] = [
  ['no JSON', 'x', 'policy.syntax', malformed],
  ['empty file', '', 'policy.syntax', malformed],
  ['cut off', '{"version":"1.0"', 'policy.syntax', malformed],
  ['comment', '{/**/"version":"1.0"}', 'policy.syntax', malformed],
  ['trailing comma', '{"version":"1.0",}', 'policy.syntax', malformed],
  ['byte order mark', `\ufeff${policy()}`, 'policy.byteOrderMark', malformed],
  ['list instead of object', '[]', 'policy.wrongType', malformed],
  ['version is a number', policy({ version: 1 }), 'policy.wrongType', malformed],
  ['statements are an object', policy({ trustPolicies: {} }), 'policy.wrongType', malformed],
  ['scope is a number', one({ registryScopes: [1] }), 'policy.wrongType', malformed],
  ['stores are a text', one({ trustStores: 'ca:acme' }), 'policy.wrongType', malformed],
  ['override is a list', verification({ override: [] }), 'policy.wrongType', malformed],
  ['override value is a number', verification({ override: { expiry: 1 } }), 'policy.wrongType', malformed],
  [
    'no version',
    policy({ version: undefined }),
    'policy.versionMissing',
    'oci trust policy document has empty version, version must be specified',
  ],
  [
    'null document',
    'null',
    'policy.versionMissing',
    'oci trust policy document has empty version, version must be specified',
  ],
  [
    'other version',
    policy({ version: '2.0' }),
    'policy.versionUnsupported',
    'oci trust policy document uses unsupported version "2.0"',
  ],
  [
    'no statements',
    policy({ trustPolicies: [] }),
    'policy.noStatements',
    'oci trust policy document can not have zero trust policy statements',
  ],
  [
    'same name',
    policy({}, statement(), statement({ registryScopes: ['a/b'] })),
    'policy.duplicateName',
    'multiple oci trust policy statements use the same name "one", statement names must be unique',
  ],
  [
    'no name',
    one({ name: '' }),
    'policy.nameMissing',
    'oci trust policy: a trust policy statement is missing a name, every statement requires a name',
  ],
  [
    'null statement',
    '{"version":"1.0","trustPolicies":[null]}',
    'policy.nameMissing',
    'oci trust policy: a trust policy statement is missing a name, every statement requires a name',
  ],
  [
    'no level',
    verification({ level: '' }),
    'policy.levelMissing',
    `${wrong}signature verification level is empty or missing in the trust policy statement`,
  ],
  [
    'no verification',
    one({ signatureVerification: undefined }),
    'policy.levelMissing',
    `${wrong}signature verification level is empty or missing in the trust policy statement`,
  ],
  [
    'unknown level',
    verification({ level: 'Strict' }),
    'policy.levelUnknown',
    `${wrong}invalid signature verification level "Strict"`,
  ],
  [
    'override on skip',
    policy({}, skip({ signatureVerification: { level: 'skip', override: { expiry: 'log' } } })),
    'policy.overrideOnSkip',
    `${wrong}signature verification level "skip" can't be used to customize signature verification`,
  ],
  [
    'unknown check',
    verification({ override: { Expiry: 'log' } }),
    'policy.overrideUnknownCheck',
    `${wrong}verification type "Expiry" in custom signature verification is not supported, supported values are ["integrity" "authenticity" "authenticTimestamp" "expiry" "revocation"]`,
  ],
  [
    'unknown action',
    verification({ override: { expiry: 'warn' } }),
    'policy.overrideUnknownAction',
    `${wrong}verification action "warn" in custom signature verification is not supported, supported values are ["enforce" "log" "skip"]`,
  ],
  [
    'null action',
    verification({ override: { expiry: null } }),
    'policy.overrideUnknownAction',
    `${wrong}verification action "" in custom signature verification is not supported, supported values are ["enforce" "log" "skip"]`,
  ],
  [
    'integrity overridden',
    verification({ override: { integrity: 'enforce' } }),
    'policy.overrideIntegrity',
    `${wrong}"integrity" verification can not be overridden in custom signature verification`,
  ],
  ...(['authenticity', 'authenticTimestamp', 'expiry'] as const).map((check): (typeof defects)[number] => [
    `${check} skipped`,
    verification({ override: { [check]: 'skip' } }),
    'policy.overrideSkipNotAllowed',
    `${wrong}"${check}" verification can not be skipped in custom signature verification`,
  ]),
  [
    'verifyTimestamp',
    verification({ verifyTimestamp: 'never' }),
    'policy.verifyTimestampUnknown',
    `${wrong}verifyTimestamp must be "always" or "afterCertExpiry", but got "never"`,
  ],
  ...([{ trustStores: ['ca:acme'] }, { trustedIdentities: ['*'] }] as const).map((change): (typeof defects)[number] => [
    `skip with ${Object.keys(change)[0] ?? ''}`,
    policy({}, skip(change)),
    'policy.skipWithTrust',
    `${core}is set to skip signature verification but configured with trust stores and/or trusted identities, remove them if signature verification needs to be skipped`,
  ]),
  ...([{ trustStores: [] }, { trustedIdentities: undefined }, { trustStores: null }] as const).map(
    (change): (typeof defects)[number] => [
      `without ${Object.keys(change)[0] ?? ''} ${JSON.stringify(Object.values(change)[0])}`,
      one(change),
      'policy.trustMissing',
      `${core}is either missing trust stores or trusted identities, both must be specified`,
    ],
  ),
  [
    'store without colon',
    one({ trustStores: ['acme'] }),
    'policy.storeMalformed',
    `${core}has malformed trust store value "acme". The required format is <TrustStoreType>:<TrustStoreName>`,
  ],
  [
    'store type',
    one({ trustStores: ['CA:acme'] }),
    'policy.storeTypeUnknown',
    `${core}uses an unsupported trust store type "CA" in trust store value "CA:acme"`,
  ],
  ...['', 'a b', 'a/b', 'ä', 'a:b'].map((store): (typeof defects)[number] => [
    `store name ${JSON.stringify(store)}`,
    one({ trustStores: [`ca:${store}`] }),
    'policy.storeNameInvalid',
    `${core}uses an unsupported trust store name "${store}" in trust store value "ca:${store}". Named store name needs to follow [a-zA-Z0-9_.-]+ format`,
  ]),
  [
    '* with others',
    one({ trustedIdentities: [identity, '*'] }),
    'policy.identityWildcardMixed',
    `${core}uses a wildcard trusted identity '*', a wildcard identity cannot be used in conjunction with other values`,
  ],
  ['empty identity', one({ trustedIdentities: [''] }), 'policy.identityEmpty', `${core}has an empty trusted identity`],
  [
    'identity without colon',
    one({ trustedIdentities: ['x509'] }),
    'policy.identityNoSeparator',
    `${core}has trusted identity "x509" missing separator`,
  ],
  [
    'identity without value',
    one({ trustedIdentities: ['x509.subject:'] }),
    'policy.identityNoValue',
    `${core}has trusted identity "x509.subject:" without an identity value`,
  ],
  [
    'name without O',
    one({ trustedIdentities: ['x509.subject:C=US,ST=WA'] }),
    'policy.identityInvalid',
    `${core}has trusted identity "x509.subject:C=US,ST=WA" with invalid identity value: distinguished name (DN) "C=US,ST=WA" has no mandatory RDN attribute for "O", it must contain 'C', 'ST' or 'S', and 'O' RDN attributes at a minimum`,
  ],
  [
    'names overlap',
    one({ trustedIdentities: [identity, name] }),
    'policy.identitiesOverlap',
    `${core}has overlapping x509 trustedIdentities, "${name}" overlaps with "${identity}"`,
  ],
  [
    'no scopes',
    one({ registryScopes: [] }),
    'policy.scopesMissing',
    'oci trust policy statement "one" has zero registry scopes, it must specify registry scopes with at least one value',
  ],
  [
    '* with other scopes',
    one({ registryScopes: ['*', 'a/b'] }),
    'policy.scopeWildcardMixed',
    `oci trust policy statement "one" uses wildcard registry scope '*', a wildcard scope cannot be used in conjunction with other scope values`,
  ],
  [
    'scope with *',
    one({ registryScopes: ['a.b/*'] }),
    'policy.scopeWildcard',
    `registry scope "a.b/*" with wild card(s) is not valid, ${advice}`,
  ],
  ...[
    'a',
    'https://a.b/c',
    'a.b/c:1.0',
    'a.b/C',
    'a_b/c',
    'a.b/',
    '/c',
    'a.b:/c',
    '[::1]:5000/c',
    'a.b//c',
    'a.b/c_',
    '',
  ].map((scope): (typeof defects)[number] => [
    `scope ${JSON.stringify(scope)}`,
    one({ registryScopes: [scope] }),
    'policy.scopeMalformed',
    `registry scope "${scope}" is not valid, ${advice}`,
  ]),
  [
    'scope in two statements',
    policy({}, statement(), statement({ name: 'two' })),
    'policy.scopeRepeated',
    'registry scope "localhost:5000/busybox" is present in multiple oci trust policy statements, one registry scope value can only be associated with one statement',
  ],
  [
    'scope twice in one statement',
    one({ registryScopes: ['a/b', 'a/b'] }),
    'policy.scopeRepeated',
    'registry scope "a/b" is present in multiple oci trust policy statements, one registry scope value can only be associated with one statement',
  ],
];

describe('validatePolicy', () => {
  it.each(defects)('refuses: %s', (_, text, code, message) => {
    const { statements, problems } = validatePolicy(text);
    expect(problems[0]).toMatchObject({ code, message, severity: 'error' });
    expect(statements).toBeNull();
  });

  it('knows at least forty defects', () => {
    expect(defects.length).toBeGreaterThanOrEqual(40);
  });

  it('accepts what the reference accepts', () => {
    const text = policy(
      { more: 1 },
      statement({ trustStores: ['ca:acme', 'ca:acme', 'tsa:missing'], trustedIdentities: ['other:thing', identity] }),
      skip({ name: 'two', registryScopes: ['*'] }),
      statement({
        name: 'three',
        registryScopes: ['local/my-layout', 'a/b--c/d__e'],
        signatureVerification: { level: 'audit', override: {}, verifyTimestamp: 'afterCertExpiry' },
      }),
      statement({
        name: 'four',
        registryScopes: ['A.B:1/c'],
        signatureVerification: { level: 'permissive', override: { revocation: 'skip', expiry: 'enforce' } },
      }),
    );
    const policyRead = validatePolicy(text);
    expect(policyRead.statements).toHaveLength(4);
    expect(isUsable(policyRead)).toBe(true);
    expect(policyRead.statements?.[3]?.signatureVerification.override).toEqual({
      revocation: 'skip',
      expiry: 'enforce',
    });
  });

  it('collects every fault and puts the reference’s first', () => {
    const { problems } = validatePolicy(
      policy(
        { version: '' },
        statement({ trustStores: ['x', 'ca:'], registryScopes: [] }),
        statement({ signatureVerification: {} }),
      ),
    );
    expect(problems.map(({ code }) => code)).toEqual([
      'policy.versionMissing',
      'policy.storeMalformed',
      'policy.storeNameInvalid',
      'policy.duplicateName',
      'policy.levelMissing',
      'policy.scopesMissing',
    ]);
  });

  it('says where a fault stands', () => {
    const text = one({ trustStores: ['ca:acme', 'acme'] });
    const [problem] = validatePolicy(text).problems;
    expect(problem?.path).toEqual(['trustPolicies', 0, 'trustStores', 1]);
    expect(text.slice(problem?.from, problem?.to)).toBe('"acme"');
  });
});

const stricter: readonly [title: string, text: string, code: PolicyProblemCode, at: string][] = [
  ['text after the document', `${policy()} {}`, 'policy.trailingText', '{}'],
  ['rubbish after the document', `${policy()}x`, 'policy.trailingText', 'x'],
  ['a comment after the document', `${policy()}// x`, 'policy.trailingText', '// x'],
  ['a member in other case', policy().replace('"version"', '"Version"'), 'policy.wrongCase', '"Version"'],
  ['a folded letter', policy().replace('"trustStores"', '"trustſtores"'), 'policy.wrongCase', '"trustſtores"'],
  ['a member twice', policy().replace('{"level"', '{"level":"skip","level"'), 'policy.duplicateMember', '"level"'],
  [
    'a member twice in two cases',
    policy().replace('{"level"', '{"Level":"skip","level"'),
    'policy.duplicateMember',
    '"level"',
  ],
  [
    'an unknown member twice',
    policy().replace('{"version"', '{"x":1,"x":2,"version"'),
    'policy.duplicateMember',
    '"x"',
  ],
  ['a store that leaves its type', one({ trustStores: ['ca:..'] }), 'policy.unsafeStoreName', '"ca:.."'],
];

describe('rule O-06: what the reference lets pass', () => {
  it.each(stricter)('refuses %s with its place', (_, text, code, at) => {
    const policyRead = validatePolicy(text);
    const problem = policyRead.problems.find((candidate) => candidate.code === code);
    expect(problem?.severity).toBe('stricter');
    expect(text.slice(problem?.from, problem?.to)).toBe(at);
    expect(policyRead.statements).not.toBeNull();
    expect(isUsable(policyRead)).toBe(false);
  });

  it.each<[PolicyProblemCode, string]>([
    ['policy.wildcardSkip', policy({}, skip({ registryScopes: ['*'] }))],
    ['policy.unknownMember', policy({ trustPolicy: [] })],
    ['policy.noSignerStore', one({ trustStores: ['tsa:acme'] })],
    ['policy.noX509Identity', one({ trustedIdentities: ['aws:role'] })],
  ])('warns of %s', (code, text) => {
    const policyRead = validatePolicy(text);
    expect(policyRead.problems.map((problem) => [problem.code, problem.severity])).toContainEqual([code, 'warning']);
    expect(isUsable(policyRead)).toBe(true);
  });

  it('does not read what is nested without end', () => {
    const policyRead = validatePolicy(`{"x":${'['.repeat(70)}${']'.repeat(70)}}`);
    expect(policyRead).toMatchObject({
      statements: null,
      problems: [{ code: 'policy.tooDeep', severity: 'stricter' }],
    });
  });

  it('takes the last of repeated members, as the reference does', () => {
    const { document } = parsePolicy(policy().replace('{"level"', '{"level":"skip","level"'));
    expect(document?.statements.value[0]?.level.value).toBe('strict');
  });

  it('keeps strange member names harmless', () => {
    const text = policy().replace('{"version"', '{"__proto__":{"version":"9"},"constructor":1,"version"');
    expect(validatePolicy(text).statements).toHaveLength(1);
  });
});

describe('parsePolicy', () => {
  it('finds text malformed exactly when it is no JSON', () => {
    const anyText = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }))
        .map(([text, at, more]) => text.slice(0, at % (text.length + 1)) + more + text.slice(at % (text.length + 1))),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const isJson = ((): boolean => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        const codes = parsePolicy(text).problems.map(({ code }) => code);
        const refused = codes.some((code) =>
          ['policy.syntax', 'policy.byteOrderMark', 'policy.trailingText'].includes(code),
        );
        expect(refused).toBe(!isJson);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads hostile texts of 1 MiB in bounded time', () => {
    const size = 1_048_576;
    for (const text of [
      '['.repeat(size),
      '{"a":'.repeat(size / 5),
      `"${'\\'.repeat(size)}`,
      `[${'0,'.repeat(size / 2)}]`,
    ]) {
      const start = performance.now();
      expect(validatePolicy(text).statements).toBeNull();
      expect(performance.now() - start).toBeLessThan(3000);
    }
  });
});
