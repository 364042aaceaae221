import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import type { TrustPolicyStatement } from '../../shared/model/trust-policy.ts';
import type { TrustStoreType } from '../../shared/model/trust-store.ts';
import type { SignatureOutcome } from '../../shared/model/verification.ts';
import type { Directory } from '../../electron/domain/ports.ts';
import type { RevocationChecker } from '../../electron/domain/revocation/revocation-checker.ts';
import { createOfflineChecker } from '../../electron/testing/revocation-checkers.ts';
import { createTrustStoreReader, trustStoreRoot } from '../../electron/domain/trust/trust-store.ts';
import { verifySignature } from '../../electron/domain/verify/verify-signature.ts';
import { openDirectory } from '../../electron/infra/directory.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { tellRevocation, type ToldRevocation } from '../../electron/testing/told-revocation.ts';
import { Oracle, type Failure } from './peers.ts';

/** An envelope, and what it is judged by. */
export interface EnvelopeCase {
  readonly mediaType: string;
  readonly envelope: Uint8Array;
  readonly artifact: Descriptor;
  readonly statement: TrustPolicyStatement;
  readonly userMetadata?: Readonly<Record<string, string>>;
  /** What both sides find out about revocation, where nobody is to be asked. */
  readonly revocation?: ToldRevocation;
}

/** What the reference found out about one envelope. */
export interface ReferenceOutcome {
  readonly level: string;
  readonly checks: readonly { readonly type: string; readonly action: string; readonly error: Failure | null }[];
  readonly userMetadata: Readonly<Record<string, string>> | null;
  /** Why the envelope is refused. */
  readonly error: Failure | null;
}

/** Both verdicts on one envelope. */
export interface TwoVerdicts {
  /** Absent when judging crashed. */
  readonly mine?: SignatureOutcome;
  readonly crash?: unknown;
  readonly tookMs: number;
  /** Null when the reference could not judge at all. */
  readonly theirs: ReferenceOutcome | null;
  readonly theirError?: Failure | undefined;
}

const never = new AbortController().signal;
const manifestDigest = `sha256:${'0'.repeat(64)}` as Digest;

/** Whether Inkan takes a signature for good, with warnings or without. */
export function isAccepted(outcome: SignatureOutcome | undefined): boolean {
  return outcome?.verdict === 'verified' || outcome?.verdict === 'verifiedWithWarnings';
}

/** Where the two verdicts part; empty when nowhere. */
export function differencesOf({ mine, crash, theirs, theirError }: TwoVerdicts): string[] {
  if (!mine || !theirs) return [`no verdict: ${String(crash ?? theirError?.message)}`];
  const found: string[] = [];
  if (isAccepted(mine) !== (theirs.error === null))
    found.push(`verdict ${mine.verdict}, ${theirs.error?.message ?? 'verified'}`);
  for (const { type, action, error } of theirs.checks) {
    const check = mine.checks.find((candidate) => candidate.check === type);
    const failed = check?.result === 'failed' || check?.result === 'inconclusive';
    if (check?.action !== action) found.push(`${type}: action ${String(check?.action)}, ${action}`);
    if (failed !== (error !== null)) found.push(`${type}: ${String(check?.result)}, ${error?.message ?? 'passed'}`);
    else if (error && check?.reason.message !== error.message)
      found.push(`${type}: "${String(check?.reason.message)}", "${error.message}"`);
  }
  return found;
}

/** Inkan's verification of single envelopes and the reference's, on the trust stores of one directory. */
export class TwoJudges {
  readonly oracle = new Oracle();
  readonly home: string;
  /** Asks nobody unless a suite says otherwise. */
  revocation: RevocationChecker = createOfflineChecker();
  readonly #directory: Directory;

  private constructor(home: string, directory: Directory) {
    this.home = home;
    this.#directory = directory;
  }

  static async open(): Promise<TwoJudges> {
    const home = await mkdtemp(path.join(tmpdir(), 'inkan-judges-'));
    return new TwoJudges(home, await openDirectory(home));
  }

  async close(): Promise<void> {
    await this.oracle.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Puts the root of a chain into a named store. */
  async trust(chain: Pick<TestChain, 'ders'>, store: string, type: TrustStoreType = 'ca'): Promise<void> {
    const folder = path.join(this.home, trustStoreRoot, type, store);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path.join(folder, 'root.crt'), chain.ders.at(-1) ?? '');
  }

  async #judge({ mediaType, envelope, artifact, statement, userMetadata = {}, revocation }: EnvelopeCase) {
    const context = {
      artifact,
      statement,
      trust: createTrustStoreReader(this.#directory),
      revocation: revocation ? tellRevocation(revocation) : this.revocation,
      userMetadata,
      now: new Date(),
    };
    const started = performance.now();
    try {
      const { outcome } = await verifySignature(manifestDigest, { mediaType, bytes: envelope }, context, never);
      return { mine: outcome, tookMs: performance.now() - started };
    } catch (crash) {
      return { crash, tookMs: performance.now() - started };
    }
  }

  /** Judges every case on both sides. */
  async judge(cases: readonly EnvelopeCase[]): Promise<readonly TwoVerdicts[]> {
    const answers = this.oracle.askMany<ReferenceOutcome>(
      'verifyUnder',
      cases.map(({ mediaType, envelope, artifact, statement, userMetadata, revocation }) => ({
        policy: JSON.stringify({ version: '1.0', trustPolicies: [statement] }),
        ref: `registry.example/app@${artifact.digest}`,
        descriptor: artifact,
        envelope: Buffer.from(envelope).toString('base64'),
        mediaType,
        userMetadata,
        revocation,
      })),
      { configDir: this.home },
    );
    const mine = [];
    for (const one of cases) mine.push(await this.#judge(one));
    const theirs = await answers;
    return mine.map((verdict, index) => ({
      ...verdict,
      theirs: theirs[index]?.result ?? null,
      theirError: theirs[index]?.error,
    }));
  }
}

/** A statement for every repository that trusts `ca:<store>` and leaves revocation out. */
export function wideStatement(store: string, change: Partial<TrustPolicyStatement> = {}): TrustPolicyStatement {
  return {
    name: 'all',
    registryScopes: ['*'],
    signatureVerification: { level: 'strict', override: { revocation: 'skip' } },
    trustStores: [`ca:${store}`],
    trustedIdentities: ['*'],
    ...change,
  };
}
