type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Path = readonly (string | number)[];

/** A policy document with one defect, or with one thing changed that is none. */
export interface PolicyMutation {
  readonly title: string;
  readonly text: string;
}

const strict: Json = {
  level: 'strict',
  override: { revocation: 'log', expiry: 'log' },
  verifyTimestamp: 'always',
};
const trust = {
  trustStores: ['ca:acme', 'signingAuthority:acme', 'tsa:acme'],
  trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme, CN=web', 'x509.subject: C=JP, ST=Tokyo, O=Acme'],
};
const wide = {
  signatureVerification: { level: 'audit', verifyTimestamp: 'afterCertExpiry' },
  trustStores: ['ca:acme'],
  trustedIdentities: ['*'],
};

/** A valid OCI trust policy document that uses everything a document may have. */
export const richPolicy: Json = {
  version: '1.0',
  trustPolicies: [
    {
      name: 'web',
      registryScopes: ['registry.example/acme/web', 'registry.example:5000/acme/api'],
      signatureVerification: strict,
      ...trust,
    },
    { name: 'unchecked', registryScopes: ['registry.example/acme/old'], signatureVerification: { level: 'skip' } },
    { name: 'others', registryScopes: ['*'], ...wide },
  ],
};

/** A valid blob trust policy document of the same kind. */
export const richBlobPolicy: Json = {
  version: '1.0',
  trustPolicies: [
    { name: 'web', signatureVerification: strict, ...trust },
    { name: 'unchecked', signatureVerification: { level: 'skip' } },
    { name: 'others', globalPolicy: true, ...wide },
    { name: 'releases', globalPolicy: false, ...trust, signatureVerification: { level: 'permissive' } },
  ],
};

const otherTypes: readonly Json[] = [null, true, 0, -1.5, '', 'x', [], {}, [null], { x: 1 }];

/** Texts worth trying in a place, by the name of the member they stand in. */
const texts: Readonly<Record<string, readonly string[]>> = {
  version: ['1', '1.0 ', '1.1', '2.0', 'v1.0'],
  name: ['web', 'others', ' ', 'a'.repeat(300), '印鑑', 'a\u0000b', '"'],
  registryScopes: [
    '*',
    '**',
    'registry.example/*',
    'acme',
    'https://registry.example/acme',
    'registry.example/Acme/web',
    'registry.example/acme/web:1.0',
    `registry.example/acme/web@sha256:${'a'.repeat(64)}`,
    'registry.example/acme//web',
    'registry.example/acme/old',
    'under_score.example/acme',
    '[::1]/acme',
    'registry.example:5000x/web',
    'registry.example:/web',
    '-a.example/web',
    'registry.example/web/',
    'registry.example/a___b',
    'REGISTRY.example/acme/web',
    'local/layout',
    '例え.example/web',
    ' registry.example/web',
  ],
  level: ['Strict', 'strict ', 'skip', 'none', 'permissive', 'audit', 'custom'],
  verifyTimestamp: ['never', 'Always', 'always ', 'afterCertExpiry'],
  override: ['enforce', 'log', 'skip', 'warn', 'Log', ''],
  trustStores: [
    'acme',
    'CA:acme',
    'ca:',
    'ca:a/b',
    'ca:a b',
    'ca:acme:x',
    ':acme',
    'ca:..',
    'ca:.',
    'ca:é',
    'ca: acme',
    'tsa:acme',
    'signingauthority:acme',
    'ca:a.b-c_d',
    'ca:acme',
  ],
  trustedIdentities: [
    '*',
    'acme',
    'x509.subject',
    'x509.subject:',
    'x509.subject: ',
    'arn:aws:x',
    'arn:',
    ':x',
    'x509.subject: C=US, ST=WA',
    'x509.subject: C=US, ST=WA, O=#0401',
    'x509.subject: C=US+ST=WA, O=Acme',
    'x509.subject: C=US, C=US, ST=WA, O=Acme',
    'x509.subject: nonsense',
    'X509.Subject: C=US, ST=WA, O=Acme',
    'x509.subject: C=JP, ST=Tokyo, O=Acme, CN=x',
    'x509.subject: C=US, ST=WA, O=Acme, CN=web',
    'x509.subject: C=DE, ST=BY, O=Acme',
    'x509.subject: C=JP, S=Osaka, O=Acme',
    'x509.subject: c=US, st=WA, o=Acme',
    'x509.subject: C=DE; ST=BY; O=Acme',
    'x509.subject: C=DE, ST=BY, O=Acme\\',
    'x509.subject: C=DE, ST=BY, O="Acme, Inc."',
    `x509.subject: C=DE, ST=BY, O=${'x'.repeat(1000)}`,
  ],
};
const overrides = ['integrity', 'authenticity', 'authenticTimestamp', 'expiry', 'revocation', 'Revocation', 'x', ''];

/** All places in a document, the document itself first. */
function placesIn(value: Json, path: Path = []): readonly (readonly [Path, Json])[] {
  const below = Array.isArray(value)
    ? (value as readonly Json[]).flatMap((item, index) => placesIn(item, [...path, index]))
    : Object.entries(value instanceof Object ? value : {}).flatMap(([name, item]) => placesIn(item, [...path, name]));
  return [[path, value], ...below];
}

/** The document with the value at a path replaced; undefined takes it away. */
function withValue(document: Json, [step, ...rest]: Path, value: Json | undefined): Json | undefined {
  if (step === undefined) return value;
  if (Array.isArray(document)) {
    return (document as readonly Json[]).flatMap((item, index) => {
      const put = index === step ? withValue(item, rest, value) : item;
      return put === undefined ? [] : [put];
    });
  }
  const entries = Object.entries(document ?? {}).flatMap(([name, item]) => {
    const put = name === step ? withValue(item, rest, value) : item;
    return put === undefined ? [] : [[name, put] as const];
  });
  return Object.fromEntries(entries);
}

const show = (path: Path): string => (path.length === 0 ? 'document' : path.join('.'));
const write = (document: Json): string => JSON.stringify(document, undefined, 1);

/** What may be put in a place: other types everywhere, and the texts of its kind. */
function valuesFor(path: Path, value: Json): readonly Json[] {
  const kind = path.findLast((step) => typeof step === 'string' && Object.hasOwn(texts, step));
  const ofKind = typeof value === 'string' && kind !== undefined ? (texts[kind] ?? []) : [];
  const doubled = Array.isArray(value)
    ? [[...(value as readonly Json[]), ...(value as readonly Json[]).slice(0, 1)]]
    : [];
  return [...otherTypes, ...ofKind, ...doubled];
}

function valueMutations(document: Json): PolicyMutation[] {
  return placesIn(document).flatMap(([path, value]) => {
    const put = valuesFor(path, value).map((other): PolicyMutation => {
      return {
        title: `${show(path)} = ${JSON.stringify(other)}`,
        text: write(withValue(document, path, other) ?? null),
      };
    });
    const taken =
      path.length === 0
        ? []
        : [{ title: `no ${show(path)}`, text: write(withValue(document, path, undefined) ?? null) }];
    return [...put, ...taken];
  });
}

/** Member names in other letters, twice, or with one beside them that nobody knows. */
function nameMutations(document: Json): PolicyMutation[] {
  const text = write(document);
  const names = [...text.matchAll(/"([A-Za-z]+)": /g)];
  return names.flatMap(({ 0: whole, 1: name = '', index }) => {
    const replace = (by: string): string => text.slice(0, index) + by + text.slice(index + whole.length);
    return [
      { title: `${name} at ${index} in capitals`, text: replace(`"${name.toUpperCase()}": `) },
      { title: `${name} at ${index} twice`, text: replace(`"${name}": null, ${whole}`) },
      { title: `${name} at ${index} beside an unknown member`, text: replace(`"x-${name}": [{}], ${whole}`) },
      { title: `${name} at ${index} without its colon`, text: replace(`"${name}" `) },
    ];
  });
}

function overrideMutations(document: Json, path: Path): PolicyMutation[] {
  return overrides.flatMap((check) =>
    ['enforce', 'log', 'skip'].map((action) => {
      const put = withValue(document, path, { [check]: action }) ?? null;
      return { title: `${show(path)} = ${check}: ${action}`, text: write(put) };
    }),
  );
}

/** What is wrong with the text and not with the document. */
function textMutations(document: Json): PolicyMutation[] {
  const text = write(document);
  const cuts = [0, 1, 2, 20, text.length >> 1, text.length - 2, text.length - 1];
  return [
    ...cuts.map((at) => ({ title: `cut at ${at}`, text: text.slice(0, at) })),
    ...['x', '{}', ',', '}', ' \n\t', '\u0000', '// end'].map((end) => ({
      title: `followed by ${JSON.stringify(end)}`,
      text: text + end,
    })),
    ...['\ufeff', ' \r\n', 'x', '/**/', '\u00a0'].map((start) => ({
      title: `after ${JSON.stringify(start)}`,
      text: start + text,
    })),
    { title: 'single quotes', text: text.replaceAll('"', "'") },
    { title: 'a trailing comma', text: text.replace(']\n}', ']\n,}') },
    { title: 'a comment inside', text: text.replace('"version"', '/* here */ "version"') },
    { title: 'a control character in a text', text: text.replace('"web"', '"we\tb"') },
    { title: 'an escaped name', text: text.replace('"version"', '"\\u0076ersion"') },
    { title: 'a lone surrogate', text: text.replace('"web"', '"\\ud800"') },
    { title: 'a bad escape', text: text.replace('"web"', '"\\x41"') },
    { title: 'a number with a leading zero', text: text.replace('"1.0"', '01') },
    { title: 'nested 60 deep', text: text.replace('"1.0"', `"1.0", "x": ${'['.repeat(60)}${']'.repeat(60)}`) },
    { title: 'nested 500 deep', text: text.replace('"1.0"', `"1.0", "x": ${'['.repeat(500)}${']'.repeat(500)}`) },
  ];
}

/**
 * Every change of one thing in a document: each place with values of other types, with texts of its kind, taken away or doubled;
 * each name misspelt or repeated; each override; and the text itself cut and soiled.
 */
export function mutatePolicy(document: Json): readonly PolicyMutation[] {
  const override = placesIn(document).find(([path]) => path.at(-1) === 'override');
  return [
    ...valueMutations(document),
    ...nameMutations(document),
    ...(override ? overrideMutations(document, override[0]) : []),
    ...textMutations(document),
  ];
}
