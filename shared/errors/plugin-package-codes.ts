import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** Codes of installing plugins: where the package came from, what is in it, and what is there already. */
export const pluginPackageCodes = defineCodes({
  'pluginPackage.notHttps': { details: z.object({ url: z.string() }), retryable: false },
  'pluginPackage.noChecksum': { details: z.object({}), retryable: false },
  'pluginPackage.badChecksum': { details: z.object({ expected: z.string(), received: z.string() }), retryable: false },
  'pluginPackage.notDownloaded': { details: z.object({ host: z.string(), fault: z.string() }), retryable: true },
  'pluginPackage.noProgram': { details: z.object({ file: z.string() }), retryable: false },
  'pluginPackage.severalPrograms': { details: z.object({ programs: z.array(z.string()) }), retryable: false },
  'pluginPackage.sameVersion': { details: z.object({ plugin: z.string(), version: z.string() }), retryable: false },
  'pluginPackage.olderVersion': {
    details: z.object({ plugin: z.string(), version: z.string(), installed: z.string() }),
    retryable: false,
  },
  /** It was installed, discarded or left alone for too long. */
  'pluginPackage.gone': { details: z.object({}), retryable: false },
});
