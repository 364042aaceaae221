import { AppError } from '../../../shared/errors/app-error.ts';
import { pluginMetadataSchema, type PluginMetadata } from '../../../shared/model/plugin.ts';
import { memberOf, type JsonObject } from '../codec/strict-json.ts';
import type { PluginProcess } from './plugin-process.ts';

/** The version of the plugin contract that Inkan and the reference speak. */
export const contractVersion = '1.0';

const maxTextLength = 4096;
const maxListLength = 100;

/** In the reference's order, with its words for what is missing. */
function metadataFault(metadata: PluginMetadata): string | undefined {
  const empty = (['name', 'description', 'version', 'url'] as const).find((member) => metadata[member] === '');
  if (empty !== undefined) return `empty ${empty}`;
  if (metadata.capabilities.length === 0) return 'empty capabilities';
  if (metadata.supportedContractVersions.length === 0) return 'supported contract versions not specified';
  const { name, description, version, url, capabilities, supportedContractVersions } = metadata;
  const texts = [name, description, version, url, ...capabilities, ...supportedContractVersions];
  if (texts.some((text) => text.length > maxTextLength)) return 'a text is too long';
  if (Math.max(capabilities.length, supportedContractVersions.length) > maxListLength) return 'a list is too long';
  return undefined;
}

function parseMetadata(plugin: string, answer: JsonObject): PluginMetadata {
  const refuse = (fault: string) => new AppError('plugin.badMetadata', { plugin, fault });
  const member = (name: keyof PluginMetadata, absent: string | readonly []) => memberOf(answer, name) ?? absent;
  const parsed = pluginMetadataSchema.safeParse({
    name: member('name', ''),
    description: member('description', ''),
    version: member('version', ''),
    url: member('url', ''),
    supportedContractVersions: member('supportedContractVersions', []),
    capabilities: member('capabilities', []),
  });
  if (!parsed.success) throw refuse(`"${String(parsed.error.issues[0]?.path[0])}" has another type than it should`);
  const fault = metadataFault(parsed.data);
  if (fault !== undefined) throw refuse(fault);
  return parsed.data;
}

/**
 * Asks a plugin what it is and can do, and checks the answer: nothing empty, the name its own, the contract version known
 * (plugin extensibility specification, "get-plugin-metadata").
 *
 * @param pluginConfig - configuration of the key or of the command line; left out when empty
 * @throws AppError `plugin.*`
 */
export async function readPluginMetadata(
  process: PluginProcess,
  signal: AbortSignal,
  pluginConfig: Readonly<Record<string, string>> = {},
): Promise<PluginMetadata> {
  const hasConfig = Object.keys(pluginConfig).length > 0;
  const answer = await process.run('get-plugin-metadata', hasConfig ? { pluginConfig } : {}, signal);
  const metadata = parseMetadata(process.name, answer);
  const { name, supportedContractVersions: versions } = metadata;
  if (name !== process.name)
    throw new AppError('plugin.nameMismatch', { plugin: process.name, found: name.slice(0, 100) });
  if (!versions.includes(contractVersion)) throw new AppError('plugin.unsupportedContract', { plugin: name, versions });
  return metadata;
}
