import type { SignFindingCode } from '../../../shared/model/sign-findings.ts';

const findings: { [C in SignFindingCode as `finding.${C}`]: string } = {
  'finding.signing.impossible': '{error}',
  'finding.signing.keyAtRisk': '{error}',
  'finding.signing.targetIsSignature':
    'This is itself a signature, of <code>{subject}</code>. Most likely you want to sign that.',
  'finding.signing.expiryAfterCertificate':
    'The certificate ends on {notAfter}, before the signature does on {expiry}. Without a timestamp it fails from the certificate’s end.',
  'finding.signing.withPlugin':
    'The plugin <b>{plugin}</b> signs with its key <code>{keyId}</code>. It is started when you sign, not before.',
  'finding.signing.digestNotTag':
    'Signs the digest that <b>{tag}</b> points at right now, not the tag: who moves the tag does not move the signature.',
  'finding.signing.indexOnly':
    'This is an index. Only the index is signed; {manifests, plural, one {its manifest is} other {its # manifests are}} covered by it, but not signed themselves.',
  'finding.signing.outlivesCertificate':
    'With a timestamp of <b>{host}</b> the signature still verifies after the certificate ends on {notAfter}, where policies trust that authority.',
  'finding.signing.endsWithCertificate':
    'Without a timestamp the signature verifies until the certificate ends on {notAfter}.',
};

export const sign = {
  title: 'Sign {name}',
  what: 'What is signed',
  digest: 'the digest, not the tag',
  key: 'Key',
  keyDefault: '{name} (default)',
  keyPlugin: 'kept by the plugin {plugin}',
  keyProblem: 'cannot sign at present',
  noKeys: 'There is no key to sign with yet.',
  makeKey: 'Make a test key',
  format: 'Envelope format',
  formatHint: 'JWS is JSON, COSE is compact CBOR. Every notation reads both; some plugins make only one.',
  expiry: 'Expiry',
  expiryNever: 'Never',
  expiry1d: '1 day',
  expiry30d: '30 days',
  expiry1y: '1 year',
  expiryHint: 'After it notation no longer accepts the signature, whatever the certificate says.',
  timestamp: 'Timestamp',
  timestampNone: 'None',
  timestampWanted: 'From an authority',
  timestampHint:
    'A timestamp authority (TSA) proves when the signature was made, so that it still verifies after the certificate has ended. It sees a hash and nothing else.',
  timestampUrl: 'Address of the authority',
  timestampUrlWrong: 'Begin with http:// or https://.',
  timestampKnown: 'Used before',
  timestampKnownChoose: 'Choose an authority',
  timestampRoot: 'Root certificate of the authority',
  timestampRootChoose: 'Choose a root',
  timestampRootHint: 'The timestamp must lead to this root, or nothing is signed.',
  timestampRootGiven: 'Another certificate: file or text…',
  timestampRootFile: 'Choose a file',
  timestampRootDrop: 'or drop one here: PEM or DER, exactly one self-signed root',
  timestampRootPaste: 'Or paste it as PEM',
  timestampMissing: 'For a timestamp, give the address of the authority and its root certificate.',
  stamped: 'Stamped by',
  metadata: 'Metadata',
  metadataHint:
    'Pairs that are signed along, such as io.example.build = 1042. notation verify --user-metadata can ask for them.',
  metadataKey: 'Name',
  metadataValue: 'Value',
  metadataAdd: 'Add a pair',
  metadataRemove: 'Remove {name}',
  before: 'Before you sign',
  planning: 'Looking what stands in the way…',
  command: 'The same with notation',
  verb: 'Sign this digest',
  signing: 'Signing…',
  doneTitle: 'Signed and pushed.',
  doneText: 'The envelope was verified in memory before it left.',
  signature: 'Signature',
  subject: 'Signs',
  usedKey: 'Key',
  foundBy: 'Found through',
  indexedRegistry: 'the registry’s referrers API',
  indexedTagIndex: 'the referrers tag, which Inkan updated',
  indexedLayout: 'the layout’s index.json, which Inkan updated',
  movedTitle: 'The tag “{tag}” has moved meanwhile.',
  movedText:
    'It points at <code>{digest}</code> now. The signature is for what you saw above; what the tag points at now does not get it.',
  openMoved: 'Look at what it points at now',
  show: 'Show the signature',
  warnings: 'Worth knowing',
  ...findings,
};
