import type { PolicyProblemCode } from '../../shared/model/policy-problems.ts';

type Json = Record<string, unknown>;

export const identity = 'x509.subject: C=US, ST=WA, O=Notary, CN=one';

/** A valid statement, with members laid over it. */
export function statement(change: Json = {}): Json {
  return {
    name: 'one',
    registryScopes: ['localhost:5000/busybox'],
    signatureVerification: { level: 'strict' },
    trustStores: ['ca:acme'],
    trustedIdentities: ['*'],
    ...change,
  };
}

/** A valid document of these statements. */
export function policy(change: Json = {}, ...statements: Json[]): string {
  return JSON.stringify({
    version: '1.0',
    trustPolicies: statements.length > 0 ? statements : [statement()],
    ...change,
  });
}

/** A valid statement for blobs, with members laid over it. */
export function blobStatement(change: Json = {}): Json {
  const { registryScopes: _, ...rest } = statement();
  return { ...rest, ...change };
}

/** A valid blob document of these statements. */
export function blobPolicy(...statements: Json[]): string {
  return policy({}, ...(statements.length > 0 ? statements : [blobStatement()]));
}

/** A document of one statement. */
export const one = (change: Json): string => policy({}, statement(change));
const verification = (change: Json): string => one({ signatureVerification: { level: 'strict', ...change } });
/** A valid statement of level skip. */
export const skip = (change: Json): Json =>
  statement({ signatureVerification: { level: 'skip' }, trustStores: [], trustedIdentities: [], ...change });
const core = 'oci trust policy: trust policy statement "one" ';
const wrong = `${core}has invalid signatureVerification: `;
const advice =
  'make sure it is a fully qualified repository without the scheme, protocol or tag. For example domain.com/my/repository or a local scope like local/myOCILayout';
const name = 'x509.subject: C=US, O=Notary, ST=WA';
const malformed =
  'malformed trust policy. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy';

/** Documents with one defect each, and the reference's sentence word for word. */
export const policyDefects: readonly [title: string, text: string, code: PolicyProblemCode, message: string][] = [
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
  ...(['authenticity', 'authenticTimestamp', 'expiry'] as const).map((check): (typeof policyDefects)[number] => [
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
  ...([{ trustStores: ['ca:acme'] }, { trustedIdentities: ['*'] }] as const).map(
    (change): (typeof policyDefects)[number] => [
      `skip with ${Object.keys(change)[0] ?? ''}`,
      policy({}, skip(change)),
      'policy.skipWithTrust',
      `${core}is set to skip signature verification but configured with trust stores and/or trusted identities, remove them if signature verification needs to be skipped`,
    ],
  ),
  ...([{ trustStores: [] }, { trustedIdentities: undefined }, { trustStores: null }] as const).map(
    (change): (typeof policyDefects)[number] => [
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
  ...['', 'a b', 'a/b', 'ä', 'a:b'].map((store): (typeof policyDefects)[number] => [
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
  ].map((scope): (typeof policyDefects)[number] => [
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

/** The defects that a blob document can have as well, told of by the reference in the same words about the other document. */
export const blobPolicyDefects: typeof policyDefects = [
  ...policyDefects
    .filter(([, , code]) => !code.startsWith('policy.scope'))
    .filter(([title]) => title !== 'scope is a number')
    .map(([title, text, code, message]): (typeof policyDefects)[number] => [
      title,
      text.replaceAll(/"registryScopes":\[[^\]]*\],/g, ''),
      code,
      message.replaceAll('oci trust policy', 'blob trust policy'),
    ]),
  [
    'two global policies',
    blobPolicy(blobStatement({ globalPolicy: true }), blobStatement({ name: 'two', globalPolicy: true })),
    'policy.globalTwice',
    'multiple blob trust policy statements have globalPolicy set to true. Only one trust policy statement can be marked as global policy',
  ],
  ['global is a text', blobPolicy(blobStatement({ globalPolicy: 'true' })), 'policy.wrongType', malformed],
  ['global is a number', blobPolicy(blobStatement({ globalPolicy: 1 })), 'policy.wrongType', malformed],
];
