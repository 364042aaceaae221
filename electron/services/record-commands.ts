import type { CallContext, MethodName, OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { toNotationCommand } from '../domain/notation-command.ts';
import { toAddKeyArgs } from './load-signer.ts';
import type { ActivityService } from './activity.ts';

/** What the activity list says of a command: what it is done to, and the command line that does the same. */
interface Description {
  readonly subject: string;
  readonly args?: readonly string[];
}
type Describe<M extends MethodName> = (input: ParsedInputOf<M>) => Description | Promise<Description>;

/** A source in a command line. */
export interface SourceName {
  /** Its host or folder. */
  readonly name: string;
  /** Whether the CLI speaks plain HTTP to it only when told to. */
  readonly insecure: boolean;
}

interface RecordOptions {
  readonly activity: ActivityService;
  readonly describeSource: (id: string) => Promise<SourceName>;
}

type Recorded = { readonly [M in MethodName]?: Describe<M> };

/** Commands that are recorded here; signing, verification and saving a policy tell more and record themselves. */
function describeCommands(describeSource: RecordOptions['describeSource']): Recorded {
  const ofSource = async ({ id }: { readonly id: string }) => ({ subject: (await describeSource(id)).name });
  const atRegistry = (verb: string) => async (input: { readonly id: string }) => {
    const { name, insecure } = await describeSource(input.id);
    // Logging out asks nobody.
    const flags = insecure && verb === 'login' ? ['--insecure-registry'] : [];
    return { subject: name, args: [verb, ...flags, name] };
  };
  const onKey =
    (...args: readonly string[]) =>
    ({ name }: { readonly name: string }) => ({ subject: name, args: [...args, name] });
  const store = ({ type, name }: ParsedInputOf<'trustStores.deleteStore'>) => ['--type', type, '--store', name];
  return {
    'registries.addRegistry': ({ host }) => ({ subject: host }),
    'registries.updateSource': ofSource,
    'registries.removeSource': ofSource,
    'registries.login': atRegistry('login'),
    'registries.logout': atRegistry('logout'),
    'keys.createTestKey': ({ name }) => ({ subject: name }),
    'keys.addKey': ({ name }) => ({ subject: name }),
    'keys.addPluginKey': (input) => ({ subject: input.name, args: toAddKeyArgs(input, 'masked') }),
    'plugins.enableVerification': ({ plugin, enabled }) => ({ subject: `${plugin}: ${enabled ? 'on' : 'off'}` }),
    'keys.setDefaultKey': onKey('key', 'update', '--default'),
    'keys.repairKeys': ({ names }) => ({ subject: names.join(', ') }),
    'keys.deleteKey': onKey('key', 'delete'),
    'keys.cleanUpTestKey': onKey('cert', 'cleanup-test'),
    'trustStores.addCertificates': (input) => ({
      subject: `${input.type}:${input.name}`,
      args: ['cert', 'add', ...store(input), input.file],
    }),
    'trustStores.deleteCertificate': (input) => ({
      subject: `${input.type}:${input.name}/${input.file}`,
      args: ['cert', 'delete', ...store(input), input.file],
    }),
    'trustStores.deleteStore': (input) => ({
      subject: `${input.type}:${input.name}`,
      args: ['cert', 'delete', ...store(input), '--all'],
    }),
    'lab.makeExample': ({ name }) => ({ subject: name }),
    'lab.cleanUp': () => ({ subject: '' }),
    'app.chooseConfiguration': ({ choice }) => ({ subject: choice }),
  };
}

/** What was chosen in a native dialog; undefined when it was cancelled and nothing was done. */
const subjectsOfChoices: { readonly [M in MethodName]?: (output: OutputOf<M>) => string | undefined } = {
  'registries.chooseLayout': ({ source }) => source?.path,
  'layouts.addArchive': ({ source }) => source.name,
  'layouts.saveCopy': ({ source }) => source?.path,
  'keys.chooseKeyFiles': ({ key }) => key?.name,
};

/** The same handlers, those of commands that change something leaving a row in the activity list. */
export function recordCommands<T extends Partial<Record<MethodName, unknown>>>(handlers: T, options: RecordOptions): T {
  const descriptions = describeCommands(options.describeSource);
  const wrapped = Object.entries(handlers).map(([name, handler]) => {
    const method = name as MethodName;
    const [describe, subjectOf] = [descriptions[method], subjectsOfChoices[method]];
    if (describe) return [method, recorded(method, handler as AnyHandler, describe as AnyDescribe, options.activity)];
    if (subjectOf) return [method, recordedChoice(method, handler as AnyHandler, subjectOf as never, options.activity)];
    return [method, handler];
  });
  return Object.fromEntries(wrapped) as T;
}

type AnyHandler = (input: unknown, context: CallContext) => Promise<unknown>;
type AnyDescribe = (input: unknown) => Description | Promise<Description>;

function recorded(
  method: MethodName,
  handler: AnyHandler,
  describe: AnyDescribe,
  activity: ActivityService,
): AnyHandler {
  return async (input, context) => {
    const { subject, args } = await describe(input);
    const command = args === undefined ? {} : { command: toNotationCommand(args) };
    return activity.record(
      method,
      subject,
      context.signal,
      () => handler(input, context),
      () => command,
    );
  };
}

function recordedChoice(
  method: MethodName,
  handler: AnyHandler,
  subjectOf: (output: unknown) => string | undefined,
  activity: ActivityService,
): AnyHandler {
  return async (input, context) => {
    const output = await handler(input, context);
    const subject = subjectOf(output);
    if (subject === undefined) return output;
    return activity.record(
      method,
      subject,
      context.signal,
      () => Promise.resolve(output),
      () => ({}),
    );
  };
}
