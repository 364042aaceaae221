import type { OutputOf } from '../../shared/contract/contract.ts';
import { useCall } from '../client/use-call.ts';
import { isScratch } from '../client/use-is-scratch.ts';

type Configuration = OutputOf<'app.describeHost'>['configuration'];

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** What lets the command line work on the scratch configuration; nothing where it finds the configuration by itself. */
export function toCommandEnvironment(configuration: Configuration): string {
  if (!isScratch(configuration)) return '';
  const { path } = configuration;
  // A shell knows what ~ is only outside quotes.
  const rest = path.startsWith('~/') ? path.slice(2) : undefined;
  return `NOTATION_CONFIG=${rest === undefined ? quoted(path) : `~/${quoted(rest)}`} `;
}

export function useCommandEnvironment(): string {
  const host = useCall('app.describeHost', {}).data;
  return host ? toCommandEnvironment(host.configuration) : '';
}
