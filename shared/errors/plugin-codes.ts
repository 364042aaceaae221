import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

const plugin = { plugin: z.string() };
const call = { ...plugin, command: z.string() };

/** Codes of plugins: what is wrong with one that is installed, and how a call to one ended. */
export const pluginCodes = defineCodes({
  'plugin.badName': { details: z.object({ ...plugin, fault: z.string() }), retryable: false },
  'plugin.notFound': { details: z.object({ ...plugin, path: z.string() }), retryable: false },
  'plugin.notRegular': { details: z.object({ ...plugin, path: z.string() }), retryable: false },
  'plugin.notExecutable': { details: z.object({ ...plugin, path: z.string() }), retryable: false },
  'plugin.nameMismatch': { details: z.object({ ...plugin, found: z.string() }), retryable: false },
  'plugin.unsupportedContract': { details: z.object({ ...plugin, versions: z.array(z.string()) }), retryable: false },
  'plugin.badMetadata': { details: z.object({ ...plugin, fault: z.string() }), retryable: false },
  'plugin.notEnabled': { details: z.object(plugin), retryable: false },
  /** It can do none of what is `wanted`. */
  'plugin.lacksCapability': {
    details: z.object({ ...plugin, wanted: z.array(z.string()), capabilities: z.array(z.string()) }),
    retryable: false,
  },
  /** It ended well, but what it wrote is not an answer to the question. */
  'plugin.badAnswer': { details: z.object({ ...call, fault: z.string() }), retryable: false },
  /** It refused: its own code and words. */
  'plugin.failed': { details: z.object({ ...call, pluginCode: z.string(), message: z.string() }), retryable: true },
  'plugin.notStarted': { details: z.object({ ...call, cause: z.string() }), retryable: false },
  'plugin.timeout': { details: z.object({ ...call, limitMs: z.number() }), retryable: true },
  'plugin.tooMuchOutput': { details: z.object({ ...call, limit: z.number() }), retryable: false },
});
