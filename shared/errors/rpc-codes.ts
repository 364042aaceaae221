import { z } from 'zod';
import { defineCodes } from './define-codes.ts';

/** Codes of the protocol itself and of what no other area names. */
export const rpcCodes = defineCodes({
  'rpc.badFrame': { details: z.object({}), retryable: false },
  'rpc.unknownMethod': { details: z.object({ method: z.string() }), retryable: false },
  'rpc.notOnThisHost': { details: z.object({ method: z.string(), needs: z.array(z.string()) }), retryable: false },
  'rpc.badInput': {
    details: z.object({ method: z.string(), faults: z.array(z.object({ path: z.string(), message: z.string() })) }),
    retryable: false,
  },
  'rpc.badOutput': { details: z.object({ method: z.string() }), retryable: false },
  'rpc.refusedSender': { details: z.object({}), retryable: false },
  'rpc.unauthorized': { details: z.object({}), retryable: false },
  'rpc.disconnected': { details: z.object({}), retryable: true },
  'rpc.cancelled': { details: z.object({}), retryable: true },
  'rpc.internal': { details: z.object({ traceId: z.string() }), retryable: false },
  'rpc.jobNotFound': { details: z.object({ id: z.string() }), retryable: false },
});
