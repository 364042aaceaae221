import type { Handlers, OutputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { PolicyDocumentKind } from '../../shared/model/trust-policy.ts';
import { toUtf8 } from '../domain/codec/utf8.ts';
import { ABSENT, type Directory } from '../domain/ports.ts';
import { isUsable, validatePolicy } from '../domain/trust/policy-document.ts';
import { oldPolicyFileName, policyFileNames, readPolicyFile, type PolicyFile } from '../domain/trust/policy-file.ts';
import { comparePolicies } from '../domain/trust/policy-changes.ts';
import { selectBlobStatement, selectStatement } from '../domain/trust/policy-selection.ts';
import { createTrustStoreReader } from '../domain/trust/trust-store.ts';
import { trySigner } from '../domain/verify/try-signer.ts';
import type { ActivityService } from './activity.ts';
import type { ConfigurationProvider } from './configuration.ts';
import type { PolicyHistory } from './policy-history.ts';
import { listVersions } from './policy-versions.ts';
import { shortenHome } from './shorten-home.ts';

const commands: Readonly<Record<PolicyDocumentKind, string>> = {
  oci: 'notation policy import <file>',
  blob: 'notation blob policy import <file>',
};

export interface PoliciesServiceOptions {
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  readonly history: PolicyHistory;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
  readonly activity: ActivityService;
  readonly publish: Publish;
}

function toValidated(
  text: string,
  document: PolicyDocumentKind,
): Pick<OutputOf<'policies.validatePolicy'>, 'statements' | 'problems'> {
  const { statements, problems } = validatePolicy(text, document);
  return { statements: statements && [...statements], problems: [...problems] };
}

/** Refuses what the reference would refuse and what means two things. */
function assertSavable(text: string, document: PolicyDocumentKind): void {
  const policy = validatePolicy(text, document);
  if (isUsable(policy) && !/\p{Surrogate}/u.test(text)) return;
  const refused = policy.problems.filter(({ severity }) => severity !== 'warning');
  throw new AppError('policy.invalid', { count: Math.max(1, refused.length), message: refused[0]?.message ?? '' });
}

interface Saving {
  readonly document: PolicyDocumentKind;
  readonly text: string;
  readonly ifRevision: string;
}

/** The version before is in the history before it goes from the file; what is not kept of the new one is noticed later. */
async function save(
  directory: Directory,
  history: PolicyHistory,
  { document, text, ifRevision }: Saving,
): Promise<string> {
  assertSavable(text, document);
  const file = policyFileNames[document];
  return directory.withLock('trust-policy', async () => {
    const before = await readForReplacing(directory, document);
    if (before.revision !== ifRevision) throw new AppError('file.changedMeanwhile', { file });
    await history.record({ directory, document }, before.text, 'other');
    const isNew = before.name === oldPolicyFileName;
    const revision = await directory.write(file, toUtf8(text), {
      mode: 0o600,
      ifRevision: isNew ? ABSENT : ifRevision,
    });
    if (document === 'oci') await unlessRefused(directory.remove(oldPolicyFileName));
    await unlessRefused(history.record({ directory, document }, text, 'inkan'));
    return revision;
  });
}

/** A file that is no UTF-8 cannot have been shown, so nobody may replace it unseen: its revision is given to none. */
async function readForReplacing(directory: Directory, document: PolicyDocumentKind): Promise<PolicyFile> {
  try {
    return await readPolicyFile(directory, document);
  } catch (error) {
    if (isAppError(error, 'file.malformed')) throw new AppError('file.changedMeanwhile', { file: error.details.file });
    throw error;
  }
}

/** The new file is what counts now, as after `policy import`: failing at what comes after it changes nothing. */
async function unlessRefused(step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

/** The trust policies of the configuration directory in use. */
export function createPoliciesService(options: PoliciesServiceOptions): Handlers<'policies'> {
  const { configuration, history, homePath, activity, publish } = options;
  return {
    'policies.readPolicy': async ({ document }) => {
      const directory = configuration.current();
      const { name, text, revision } = await readPolicyFile(directory, document);
      const validated = text === null ? { statements: null, problems: [] } : toValidated(text, document);
      const path = shortenHome(`${directory.path}/${name}`, homePath);
      return { ...validated, path, text, revision, usesOldName: name === oldPolicyFileName };
    },

    'policies.validatePolicy': async ({ text, document }) => toValidated(text, document),

    'policies.savePolicy': async (input, { signal }) => {
      const directory = configuration.current();
      const revision = await activity.record(
        'policies.savePolicy',
        policyFileNames[input.document],
        signal,
        () => history.exclusive(() => save(directory, history, input)),
        (saved) => ({ note: saved.slice(0, 12), command: commands[input.document] }),
      );
      publish('config.changed', { area: 'policies' });
      return { revision };
    },

    'policies.explainSelection': async ({ document, reference, text }) => {
      const judged = text ?? (await readPolicyFile(configuration.current(), document)).text;
      if (judged === null) return { selection: null, problems: [] };
      const { statements, problems } = validatePolicy(judged, document);
      const select = document === 'oci' ? selectStatement : selectBlobStatement;
      return { selection: statements && select(statements, reference), problems: [...problems] };
    },

    'policies.listVersions': async ({ document }) => {
      const directory = configuration.current();
      await history.notice(directory, [document]);
      return { versions: await listVersions(history, { directory, document }) };
    },

    'policies.readVersion': async ({ document, number }) => ({
      text: await history.read({ directory: configuration.current(), document }, number),
    }),

    'policies.compareTexts': async ({ document, before, after }) => comparePolicies(before, after, document),

    'policies.trySigners': async ({ signers, ...statement }) => {
      const trust = createTrustStoreReader(configuration.current());
      return { trials: await Promise.all(signers.map((signer) => trySigner(statement, signer, trust))) };
    },
  };
}
