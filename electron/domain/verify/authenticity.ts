import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import type { TrustStoreType } from '../../../shared/model/trust-store.ts';
import type { SignatureOutcome } from '../../../shared/model/verification.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { LoadedTrustStore, TrustStoreReader } from '../trust/trust-store.ts';
import { matchIdentity, type IdentityMatch } from '../trust/trusted-identity.ts';
import { actionsOf } from '../trust/verification-actions.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { toFinding, type Finding } from './finding.ts';

type Anchor = NonNullable<SignatureOutcome['anchor']>;

/** The finding with what it rests on: where the chain met a store, and how each identity compared. */
export interface Authenticity {
  readonly finding: Finding;
  readonly anchor?: Anchor;
  /** How the identities of the policy compared; undefined where a plugin judges the signer instead. */
  readonly identity?: IdentityMatch;
}

/** The place where a chain meets a store, nearest to its root; certificates are compared whole, by the hash of their bytes. */
export function findAnchor(
  chain: readonly Pick<ParsedCertificate, 'sha256'>[],
  stores: readonly LoadedTrustStore[],
): Anchor | undefined {
  for (let position = chain.length - 1; position >= 0; position -= 1) {
    const sha256 = chain[position]?.sha256;
    for (const { type, name, files } of stores) {
      const file = files.find(({ certificates }) => certificates.some((certificate) => certificate.sha256 === sha256));
      if (sha256 !== undefined && file !== undefined)
        return { store: `${type}:${name}`, file: file.file, sha256, position };
    }
  }
  return undefined;
}

/** The store type a signing scheme is anchored in (trust policy specification, "Trust stores"). */
function storeTypeOf(envelope: DecodedEnvelope): TrustStoreType {
  return envelope.signingScheme === 'notary.x509' ? 'ca' : 'signingAuthority';
}

async function checkStores(
  envelope: DecodedEnvelope,
  statement: TrustPolicyStatement,
  trust: TrustStoreReader,
): Promise<{ anchor: Anchor } | { finding: Finding }> {
  const type = storeTypeOf(envelope);
  const listed = [...new Set(statement.trustStores.filter((store) => store.startsWith(`${type}:`)))];
  if (listed.length === 0) {
    return {
      finding: toFinding(
        'failed',
        'authenticity.noStoreOfType',
        { type },
        'no trusted certificates are found to verify authenticity',
      ),
    };
  }
  const stores = await Promise.all(listed.map((store) => trust.read(type, store.slice(type.length + 1))));
  const fault = stores.find((store) => store.fault !== undefined)?.fault;
  if (fault !== undefined) return { finding: { result: 'failed', reason: fault.reason, storeFault: fault } };
  const anchor = findAnchor(envelope.chain, stores);
  if (anchor !== undefined) return { anchor };
  const details = { stores: listed, subject: envelope.chain[0]?.subject ?? '' };
  return {
    finding: toFinding(
      'failed',
      'authenticity.chainNotTrusted',
      details,
      "the signature's certificate chain does not contain any trusted certificate",
    ),
  };
}

function identityFinding(
  identity: IdentityMatch,
  statement: TrustPolicyStatement,
  subject: string,
  anchor: Anchor | undefined,
): Finding | undefined {
  const store = anchor?.store ?? '';
  switch (identity.kind) {
    case 'matched':
      return undefined;
    case 'noMatch':
      return toFinding(
        'failed',
        'authenticity.identityMismatch',
        { identities: statement.trustedIdentities, subject, store },
        identity.message,
      );
    case 'noX509Identity':
      return toFinding('failed', 'authenticity.noX509Identity', { store }, identity.message);
    case 'badSubject': {
      const { kind: fault, attribute } = identity.fault;
      return toFinding(
        'failed',
        'authenticity.subjectUnusable',
        { subject, fault, ...(attribute !== undefined && { attribute }) },
        identity.message,
      );
    }
  }
}

/**
 * Whether a signer is trusted (trust policy specification, "Signature verification details", authenticity): a certificate of
 * the chain stands in a store of the type the scheme asks for, and the leaf's subject matches an identity. Both parts are
 * always looked at. The envelope must have passed integrity.
 */
export async function checkAuthenticity(
  envelope: DecodedEnvelope,
  statement: TrustPolicyStatement,
  trust: TrustStoreReader,
): Promise<Authenticity> {
  const subject = envelope.chain[0]?.subject ?? '';
  const identity = matchIdentity(statement.trustedIdentities, subject, statement.name);
  const stores = await checkStores(envelope, statement, trust);
  const anchor = 'anchor' in stores ? stores.anchor : undefined;
  const mismatch = identityFinding(identity, statement, subject, anchor);
  if ('finding' in stores) {
    const { reason } = stores.finding;
    const details = { ...reason.details, identityMatched: mismatch === undefined };
    // The reference goes on where authenticity is only logged, and keeps the sentence of the second failure.
    const isLogged = actionsOf(statement).authenticity === 'log';
    const message = (isLogged ? mismatch?.reason.message : undefined) ?? reason.message;
    return {
      finding: { ...stores.finding, reason: { code: reason.code, details, ...(message !== undefined && { message }) } },
      identity,
    };
  }
  if (mismatch !== undefined) return { finding: mismatch, anchor: stores.anchor, identity };
  const { store, file, position } = stores.anchor;
  const matched = identity.kind === 'matched' ? identity.identity : '';
  return {
    finding: toFinding('passed', 'authenticity.trusted', { store, file, position, subject, identity: matched }),
    anchor: stores.anchor,
    identity,
  };
}

/**
 * The same where a plugin judges the signer: the trust store is matched natively all the same (plugin extensibility specification,
 * "Verification interfaces").
 *
 * @param result - the plugin's; undefined when it gave none
 */
export function withPluginIdentity(
  authenticity: Authenticity,
  plugin: string,
  subject: string,
  result: { readonly success: boolean; readonly reason: string } | undefined,
): Authenticity {
  const { anchor } = authenticity;
  if (anchor === undefined) return authenticity;
  const { store, file, position } = anchor;
  if (result === undefined)
    return { anchor, finding: toFinding('inconclusive', 'authenticity.pluginUndecided', { plugin, store }) };
  if (result.success) {
    const details = { plugin, store, file, position, subject };
    return { anchor, finding: toFinding('passed', 'authenticity.pluginTrusted', details) };
  }
  const message = `trusted identify verification by plugin ${quote(plugin)} failed with reason ${quote(result.reason)}`;
  const because = result.reason === '' ? 'none' : result.reason;
  return { anchor, finding: toFinding('failed', 'authenticity.pluginRefused', { plugin, store, because }, message) };
}

/** For a signature that no statement covers: which stores hold a certificate of its chain, for information. */
export async function findHoldingStores(envelope: DecodedEnvelope, trust: TrustStoreReader): Promise<string[]> {
  const stores = await trust.list();
  return stores
    .filter((store) => findAnchor(envelope.chain, [store]) !== undefined)
    .map(({ type, name }) => `${type}:${name}`);
}
