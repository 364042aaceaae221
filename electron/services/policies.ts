import type { Handlers, OutputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { toUtf8 } from '../domain/codec/utf8.ts';
import { ABSENT, type Directory } from '../domain/ports.ts';
import { isUsable, validatePolicy } from '../domain/trust/policy-document.ts';
import { oldPolicyFileName, policyFileName, readPolicyFile, type PolicyFile } from '../domain/trust/policy-file.ts';
import { selectStatement } from '../domain/trust/policy-selection.ts';
import type { ActivityService } from './activity.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { shortenHome } from './shorten-home.ts';

const previousFile = 'previous/trustpolicy.oci.json';

export interface PoliciesServiceOptions {
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  /** Inkan's own directory: the version before the last save is kept there. */
  readonly inkan: Directory;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
  readonly activity: ActivityService;
  readonly publish: Publish;
}

function toValidated(text: string): Pick<OutputOf<'policies.validatePolicy'>, 'statements' | 'problems'> {
  const { statements, problems } = validatePolicy(text);
  return { statements: statements && [...statements], problems: [...problems] };
}

/** Refuses what the reference would refuse and what means two things. */
function assertSavable(text: string): void {
  const policy = validatePolicy(text);
  if (isUsable(policy) && !/\p{Surrogate}/u.test(text)) return;
  const refused = policy.problems.filter(({ severity }) => severity !== 'warning');
  throw new AppError('policy.invalid', { count: Math.max(1, refused.length), message: refused[0]?.message ?? '' });
}

async function save(directory: Directory, inkan: Directory, text: string, ifRevision: string): Promise<string> {
  assertSavable(text);
  return directory.withLock('trust-policy', async () => {
    const before = await readForReplacing(directory);
    if (before.revision !== ifRevision) throw new AppError('file.changedMeanwhile', { file: policyFileName });
    if (before.text !== null) await inkan.write(previousFile, toUtf8(before.text));
    const isNew = before.name === oldPolicyFileName;
    const revision = await directory.write(policyFileName, toUtf8(text), {
      mode: 0o600,
      ifRevision: isNew ? ABSENT : ifRevision,
    });
    await removeOldFile(directory);
    return revision;
  });
}

/** A file that is no UTF-8 cannot have been shown, so nobody may replace it unseen: its revision is given to none. */
async function readForReplacing(directory: Directory): Promise<PolicyFile> {
  try {
    return await readPolicyFile(directory);
  } catch (error) {
    if (isAppError(error, 'file.malformed')) throw new AppError('file.changedMeanwhile', { file: error.details.file });
    throw error;
  }
}

/** As `policy import` does: the new file is what counts now, so failing to remove the old one changes nothing. */
async function removeOldFile(directory: Directory): Promise<void> {
  try {
    await directory.remove(oldPolicyFileName);
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

/** The OCI trust policy of the configuration directory in use. */
export function createPoliciesService(options: PoliciesServiceOptions): Handlers<'policies'> {
  const { configuration, inkan, homePath, activity, publish } = options;
  return {
    'policies.readPolicy': async () => {
      const directory = configuration.current();
      const { name, text, revision } = await readPolicyFile(directory);
      const validated = text === null ? { statements: null, problems: [] } : toValidated(text);
      const path = shortenHome(`${directory.path}/${name}`, homePath);
      return { ...validated, path, text, revision, usesOldName: name === oldPolicyFileName };
    },

    'policies.validatePolicy': async ({ text }) => toValidated(text),

    'policies.savePolicy': async ({ text, ifRevision }, { signal }) => {
      const directory = configuration.current();
      const revision = await activity.record(
        'policies.savePolicy',
        policyFileName,
        signal,
        () => save(directory, inkan, text, ifRevision),
        (saved) => ({ note: saved.slice(0, 12), command: 'notation policy import <file>' }),
      );
      publish('config.changed', { area: 'policies' });
      return { revision };
    },

    'policies.explainSelection': async ({ reference, text }) => {
      const judged = text ?? (await readPolicyFile(configuration.current())).text;
      if (judged === null) return { selection: null, problems: [] };
      const { statements, problems } = validatePolicy(judged);
      return { selection: statements && selectStatement(statements, reference), problems: [...problems] };
    },
  };
}
