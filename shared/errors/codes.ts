import type { z } from 'zod';
import { blobCodes } from './blob-codes.ts';
import { bulkCodes } from './bulk-codes.ts';
import { compareCodes } from './compare-codes.ts';
import { intakeCodes } from './intake-codes.ts';
import { archiveCodes } from './archive-codes.ts';
import { keystoreCodes } from './keystore-codes.ts';
import { labCodes } from './lab-codes.ts';
import { pluginCodes } from './plugin-codes.ts';
import { pluginPackageCodes } from './plugin-package-codes.ts';
import { registryCodes } from './registry-codes.ts';
import { rpcCodes } from './rpc-codes.ts';
import { signatureCodes } from './signature-codes.ts';
import { timestampCodes } from './timestamp-codes.ts';

/** Every error code. Codes are API: dotted, stable, with typed details; each has a title, cause and next step in every catalog. */
export const errorCodes = {
  ...rpcCodes,
  ...registryCodes,
  ...signatureCodes,
  ...timestampCodes,
  ...keystoreCodes,
  ...labCodes,
  ...bulkCodes,
  ...compareCodes,
  ...intakeCodes,
  ...blobCodes,
  ...pluginCodes,
  ...archiveCodes,
  ...pluginPackageCodes,
};

export type ErrorCode = keyof typeof errorCodes;
export type DetailsOf<C extends ErrorCode> = z.infer<(typeof errorCodes)[C]['details']>;

/** Whether a text is one of our codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
