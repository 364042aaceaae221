import type { Handlers, OutputOf } from '../../shared/contract/contract.ts';
import type { TrustPolicyStatement } from '../../shared/model/trust-policy.ts';
import type { VerificationReport } from '../../shared/model/verification.ts';
import { mapBounded } from '../domain/map-bounded.ts';
import { toCliName } from '../domain/notation-command.ts';
import { toUnpackedLayout } from '../domain/oci/unpacked-layout.ts';
import type { Clock } from '../domain/ports.ts';
import type { RevocationChecker } from '../domain/revocation/revocation-checker.ts';
import { readPolicySnapshot, toDraftSnapshot, type PolicySnapshot } from '../domain/trust/policy-file.ts';
import { selectStatement } from '../domain/trust/policy-selection.ts';
import { toLayoutScope } from '../domain/trust/registry-scope.ts';
import { createTrustStoreReader, type TrustStoreReader } from '../domain/trust/trust-store.ts';
import { checkIntegrity } from '../domain/verify/integrity.ts';
import { verifyArtifact } from '../domain/verify/verify-artifact.ts';
import { toCertificateModel, roleAt } from '../domain/x509/certificate-model.ts';
import { checkCodeSigningChain } from '../domain/x509/chain-check.ts';
import { yieldToEvents } from '../domain/yield-to-events.ts';
import type { ConfigurationProvider } from './configuration.ts';
import type { OpenRevocation } from './open-revocation.ts';
import { NotKept, type RecentArtifact, type RecentArtifacts } from './recent-artifacts.ts';
import type { SourceBook } from './source-book.ts';
import { toReference } from './whole-reference.ts';

type Judged = OutputOf<'impact.judgeDraft'>['changed'][number]['before'];
type Named = OutputOf<'impact.judgeDraft'>['unjudged'][number];
type Known = OutputOf<'impact.listKnown'>['known'][number];
type Signer = OutputOf<'impact.listSigners'>['signers'][number];
type Effect = { readonly before: Judged; readonly after: Judged } | 'same' | 'unjudged';

const artifactsAtOnce = 4;
const maxSignatures = 100;
const maxSigners = 100;
const maxKnown = 500;

export interface ImpactServiceOptions {
  readonly recent: RecentArtifacts;
  readonly book: Pick<SourceBook, 'list'>;
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  readonly clock: Clock;
  readonly openRevocation: OpenRevocation;
}

/** The two policies, and what both are judged with. */
interface Basis {
  readonly saved: PolicySnapshot;
  readonly draft: PolicySnapshot;
  readonly trust: TrustStoreReader;
  readonly revocation: RevocationChecker;
  readonly now: Date;
}

function toNamed({ sourceId, repository, reference, manifest, kept }: RecentArtifact): Named {
  const name = toReference(toCliName(kept), reference);
  return { sourceId, repository, reference, digest: manifest.descriptor.digest, name };
}

/** What policy scopes are compared with. */
function scopeOf({ kept }: RecentArtifact): string {
  return kept.kind === 'layout' ? toLayoutScope(toCliName(kept)) : kept.name;
}

/** What the statement that applies says, its name and scopes aside; null where none does. */
function ruleFor(policy: PolicySnapshot, artifact: RecentArtifact): string | null {
  if (policy.kind !== 'valid') return policy.kind;
  const reference = `${scopeOf(artifact)}@${artifact.manifest.descriptor.digest}`;
  const { applied } = selectStatement(policy.statements, reference);
  const statement = applied === null ? undefined : policy.statements[applied];
  if (!statement) return null;
  const { name: _, registryScopes: __, ...rule } = statement;
  return JSON.stringify(rule satisfies Omit<TrustPolicyStatement, 'name' | 'registryScopes'>);
}

function toJudged({ verdict, policy, signatures: [first] }: VerificationReport): Judged {
  const failed = first?.checks.find(({ result, action }) => result !== 'passed' && action === 'enforce');
  const reason = first?.fatal[0] ?? failed?.reason;
  return { verdict, ...(policy.kind === 'applied' && { statement: policy.name }), ...(reason && { reason }) };
}

/** Plugins are not started for a draft, so what they would say is not known. */
function needsPlugin({ signatures }: VerificationReport): boolean {
  return signatures.some(({ fatal }) => fatal.some(({ code }) => code.startsWith('fatal.plugin')));
}

async function judge(artifact: RecentArtifact, basis: Basis, signal: AbortSignal): Promise<Effect> {
  const { saved, draft, ...rest } = basis;
  if (ruleFor(saved, artifact) === ruleFor(draft, artifact)) return 'same';
  const verify = (policy: PolicySnapshot): Promise<VerificationReport> => {
    const { kept: repository, manifest } = artifact;
    const { digest: reference } = manifest.descriptor;
    return verifyArtifact({ repository, reference, maxSignatures, userMetadata: {}, policy, ...rest }, signal);
  };
  try {
    const [before, after] = [await verify(saved), await verify(draft)];
    if (needsPlugin(before) || needsPlugin(after)) return 'unjudged';
    return before.verdict === after.verdict ? 'same' : { before: toJudged(before), after: toJudged(after) };
  } catch (error) {
    if (error instanceof NotKept) return 'unjudged';
    throw error;
  }
}

/** The signers of what was read for an artifact; only where the signature's value is right. */
function signersOf(artifact: RecentArtifact): readonly Signer[] {
  return artifact.envelopes.flatMap((bytes) => {
    const { finding, envelope } = checkIntegrity(bytes);
    if (finding.result !== 'passed' || !envelope) return [];
    const { certificates } = checkCodeSigningChain(envelope.chain);
    const chain = envelope.chain.map((certificate, position) =>
      toCertificateModel(certificate, roleAt(position, envelope.chain.length), certificates[position] ?? []),
    );
    return [{ ...toNamed(artifact), chain, scheme: envelope.signingScheme, signatures: 1 }];
  });
}

/** Each place once, artifacts with the reference that was asked for. */
async function listKnown(recent: RecentArtifacts, book: Pick<SourceBook, 'list'>): Promise<Known[]> {
  const artifacts = recent.list().map((artifact): Known => {
    const scope = scopeOf(artifact);
    return { scope, reference: toReference(scope, artifact.reference), from: 'recent' };
  });
  const places = (await book.list()).flatMap(({ kind, place, pinnedRepositories, archive }): Known[] =>
    kind === 'layout'
      ? [{ scope: toLayoutScope(archive ? toUnpackedLayout(place, archive.root).folder : place), from: 'layout' }]
      : pinnedRepositories.map((name) => ({ scope: `${place}/${name}`, from: 'pinned' })),
  );
  const known = new Map([...artifacts, ...places].map((item) => [item.reference ?? item.scope, item]));
  return [...known.values()].slice(0, maxKnown);
}

/** What a draft of the policy would change for artifacts that were verified lately, and who signed those. */
export function createImpactService(options: ImpactServiceOptions): Handlers<'impact'> {
  const { recent, book, configuration, clock, openRevocation } = options;
  return {
    'impact.judgeDraft': async ({ text }, { signal }) => {
      const artifacts = recent.list();
      const draft = toDraftSnapshot(text);
      if (draft.kind !== 'valid') return { isValid: false, total: artifacts.length, changed: [], unjudged: [] };
      const directory = configuration.current();
      const basis: Basis = {
        saved: await readPolicySnapshot(directory),
        draft,
        trust: createTrustStoreReader(directory),
        revocation: await openRevocation('common'),
        now: clock.now(),
      };
      const effects = await mapBounded(artifacts, artifactsAtOnce, async (artifact) => {
        signal.throwIfAborted();
        const effect = await judge(artifact, basis, signal);
        await yieldToEvents();
        return { ...toNamed(artifact), effect };
      });
      return {
        isValid: true,
        total: artifacts.length,
        changed: effects.flatMap(({ effect, ...named }) =>
          typeof effect === 'object' ? [{ ...named, ...effect }] : [],
        ),
        unjudged: effects.flatMap(({ effect, ...named }) => (effect === 'unjudged' ? [named] : [])),
      };
    },

    'impact.listKnown': async () => ({ known: await listKnown(recent, book) }),

    'impact.listSigners': async (_, { signal }) => {
      const found = new Map<string, Signer>();
      for (const artifact of recent.list()) {
        signal.throwIfAborted();
        for (const signer of signersOf(artifact)) {
          const key = signer.chain.map(({ sha256 }) => sha256).join();
          const known = found.get(key);
          found.set(key, known ? { ...known, signatures: known.signatures + 1 } : signer);
        }
        if (found.size >= maxSigners) break;
        await yieldToEvents();
      }
      return { signers: [...found.values()].slice(0, maxSigners) };
    },
  };
}
