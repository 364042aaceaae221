import type { Handlers, OutputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { PolicyDocumentKind } from '../../shared/model/trust-policy.ts';
import { toUtf8 } from '../domain/codec/utf8.ts';
import { ABSENT, type Directory } from '../domain/ports.ts';
import { isUsable, validatePolicy } from '../domain/trust/policy-document.ts';
import { oldPolicyFileName, policyFileNames, readPolicyFile, type PolicyFile } from '../domain/trust/policy-file.ts';
import { selectBlobStatement, selectStatement } from '../domain/trust/policy-selection.ts';
import type { ActivityService } from './activity.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { shortenHome } from './shorten-home.ts';

const previousFolder = 'previous';
const commands: Readonly<Record<PolicyDocumentKind, string>> = {
  oci: 'notation policy import <file>',
  blob: 'notation blob policy import <file>',
};

export interface PoliciesServiceOptions {
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  /** Inkan's own directory: the version before the last save is kept there. */
  readonly inkan: Directory;
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

async function save(directory: Directory, inkan: Directory, { document, text, ifRevision }: Saving): Promise<string> {
  assertSavable(text, document);
  const file = policyFileNames[document];
  return directory.withLock('trust-policy', async () => {
    const before = await readForReplacing(directory, document);
    if (before.revision !== ifRevision) throw new AppError('file.changedMeanwhile', { file });
    if (before.text !== null) await inkan.write(`${previousFolder}/${file}`, toUtf8(before.text));
    const isNew = before.name === oldPolicyFileName;
    const revision = await directory.write(file, toUtf8(text), {
      mode: 0o600,
      ifRevision: isNew ? ABSENT : ifRevision,
    });
    if (document === 'oci') await removeOldFile(directory);
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

/** As `policy import` does: the new file is what counts now, so failing to remove the old one changes nothing. */
async function removeOldFile(directory: Directory): Promise<void> {
  try {
    await directory.remove(oldPolicyFileName);
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

/** The trust policies of the configuration directory in use. */
export function createPoliciesService(options: PoliciesServiceOptions): Handlers<'policies'> {
  const { configuration, inkan, homePath, activity, publish } = options;
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
        () => save(directory, inkan, input),
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
  };
}
