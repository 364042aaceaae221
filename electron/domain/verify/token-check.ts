import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import type { VerifiedTimestamp } from '../../../shared/model/timestamp.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { RevocationChecker } from '../revocation/revocation-checker.ts';
import { TimestampFault, type TimestampFaultCode } from '../timestamp/timestamp-fault.ts';
import { toTimestampModel } from '../timestamp/timestamp-model.ts';
import {
  checkAbout,
  checkTimeWithin,
  findTimestampingChain,
  readToken,
  type ReadToken,
} from '../timestamp/verify-token.ts';
import type { LoadedTrustStore, TrustStoreReader } from '../trust/trust-store.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { toFinding, type Finding } from './finding.ts';
import { explainUnknown, namesServer } from './revocation-check.ts';

/** What a timestamp is judged by beside the statement. */
export interface TimestampContext {
  readonly trust: TrustStoreReader;
  readonly revocation: RevocationChecker;
  readonly now: Date;
  /** Whether a store anchors the signature itself and its signer is not refused: only then anybody is asked (rule O-09). */
  readonly isTrusted: boolean;
}

/** The finding, and what the token says once its own signature holds. */
export interface AuthenticTimestamp {
  readonly finding: Finding;
  readonly timestamp?: VerifiedTimestamp;
}

/** What the reference says before the cause, by the step that failed. */
const prefixes: Readonly<Record<TimestampFaultCode, string>> = {
  tokenMalformed: 'failed to parse timestamp countersignature with error: ',
  infoMalformed: 'failed to get the timestamp TSTInfo with error: ',
  otherSignature: 'failed to get timestamp from timestamp countersignature with error: ',
  tokenInvalid: 'failed to verify the timestamp countersignature with error: ',
  chainNotTrusted: 'failed to verify the timestamp countersignature with error: ',
  chainInvalid: 'failed to validate the timestamping certificate chain with error: ',
  beforeCertificate: '',
  afterCertificate: '',
};

function toFaultFinding(error: unknown, details: Readonly<Record<string, unknown>>): Finding {
  if (!(error instanceof TimestampFault)) throw error;
  const message = `${prefixes[error.code]}${error.message}`;
  const all = { ...details, ...error.details, fault: error.message };
  return toFinding('failed', `timestamp.${error.code}`, all, message);
}

/** Every `tsa` store of the statement; one that fails, fails the check, as with the reference. */
async function loadStores(
  { trustStores }: TrustPolicyStatement,
  trust: TrustStoreReader,
): Promise<readonly LoadedTrustStore[] | Finding> {
  const names = [...new Set(trustStores.filter((store) => store.startsWith('tsa:')))];
  const stores = await Promise.all(names.map((store) => trust.read('tsa', store.slice('tsa:'.length))));
  const fault = stores.find((store) => store.fault !== undefined)?.fault;
  if (fault === undefined) return stores;
  const { code, details, message = '' } = fault.reason;
  return {
    ...toFinding('failed', code, details, `failed to load tsa trust store with error: ${message}`),
    storeFault: fault,
  };
}

function storeHolding(root: ParsedCertificate | undefined, stores: readonly LoadedTrustStore[]): string {
  const holds = ({ files }: LoadedTrustStore): boolean =>
    files.some(({ certificates }) => certificates.some(({ sha256 }) => sha256 === root?.sha256));
  return `tsa:${stores.find(holds)?.name ?? ''}`;
}

/** The authority's chain is asked about even where the statement skips revocation: it is part of this check. */
async function checkRevoked(
  chain: readonly ParsedCertificate[],
  { revocation: checker, isTrusted }: TimestampContext,
  signal: AbortSignal,
): Promise<{ finding?: Finding } & Pick<VerifiedTimestamp, 'revocation'>> {
  const asked = chain.slice(0, -1).find(namesServer);
  if (!isTrusted && asked) {
    const details = { because: 'notTrusted', subject: asked.subject, servers: [], outcome: '', stricter: true };
    return { finding: toFinding('inconclusive', 'timestamp.authorityUnknown', details) };
  }
  const answer = await checker.checkChain(chain, { purpose: 'timestamping' }, signal);
  const { result, subject = '', certificates } = answer;
  const revocation = [...certificates];
  if (result === 'good') return { revocation };
  const beginning = `timestamping certificate with subject ${quote(subject)}`;
  const { isOffline, stricter, ...why } = explainUnknown(answer);
  const details = { subject, because: isOffline ? 'offline' : 'unknown', ...why, stricter: stricter || isOffline };
  const finding =
    result === 'revoked'
      ? toFinding('failed', 'timestamp.authorityRevoked', { subject }, `${beginning} is revoked`)
      : toFinding('inconclusive', 'timestamp.authorityUnknown', details, `${beginning} revocation status is unknown`);
  return { finding, revocation };
}

async function judge(
  read: ReadToken,
  envelope: DecodedEnvelope,
  stores: readonly LoadedTrustStore[],
  context: TimestampContext,
  details: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<AuthenticTimestamp> {
  const { info, signers } = read;
  const shown = { ...toTimestampModel(info), signer: signers[0]?.certificate.subject ?? '' };
  const about = { ...details, time: shown.time, tsa: shown.signer, stores: stores.map(({ name }) => `tsa:${name}`) };
  let chain: readonly ParsedCertificate[];
  try {
    const roots = stores.flatMap(({ files }) => files.flatMap(({ certificates }) => certificates));
    chain = findTimestampingChain(read, roots, info.genTimeNs);
    checkTimeWithin(info, envelope.chain);
  } catch (error) {
    return { finding: toFaultFinding(error, about), timestamp: shown };
  }
  const signer = chain[0]?.subject ?? shown.signer;
  const store = storeHolding(chain.at(-1), stores);
  const revoked = await checkRevoked(chain, context, signal);
  const timestamp = { ...shown, signer, store, ...(revoked.revocation && { revocation: revoked.revocation }) };
  const { time, earliest, latest } = shown;
  const passed = toFinding('passed', 'timestamp.within', { ...details, time, earliest, latest, tsa: signer, store });
  return { finding: revoked.finding ?? passed, timestamp };
}

/**
 * Judges a token (trust policy specification, "Timestamp countersignature verification"): its own signature, then what it says
 * and that it is about this envelope's signature, then the way from its signer to a `tsa` store at its own time, then that time
 * against every signing certificate, then revocation of the authority's chain. Only what a store anchors is asked about.
 *
 * @throws the signal's reason
 */
export async function checkToken(
  token: Uint8Array,
  envelope: DecodedEnvelope,
  statement: TrustPolicyStatement,
  context: TimestampContext,
  because: 'always' | 'expired',
  signal: AbortSignal,
): Promise<AuthenticTimestamp> {
  const details = { because };
  let read: ReadToken;
  try {
    read = readToken(token);
    checkAbout(read, envelope.signature);
  } catch (error) {
    return { finding: toFaultFinding(error, details) };
  }
  const stores = await loadStores(statement, context.trust);
  if ('result' in stores) return { finding: stores };
  return judge(read, envelope, stores, context, details, signal);
}
