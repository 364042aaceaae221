import type { InputOf } from '../../shared/contract/contract.ts';
import { maxChunkBytes } from '../../shared/contract/intake.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { toBase64 } from './base64.ts';
import { callHost } from './connection.ts';

interface SendOptions {
  readonly keep: InputOf<'intake.openFile'>['keep'];
  /** Stops the sending; what had arrived is forgotten. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each piece how many bytes have arrived. */
  readonly onProgress?: ((received: number) => void) | undefined;
}

/**
 * Hands a file over to the host piece by piece and gives the id by which other methods name it. Reading the next piece goes on
 * while the last one travels.
 * @throws AppError `rpc.cancelled`, `file.unreadable`, `intake.*`, `file.*`
 */
export async function sendFile(
  file: File,
  { keep, signal, onProgress }: SendOptions,
  call: typeof callHost = callHost,
): Promise<string> {
  throwIfCancelled(signal);
  const { id } = await call('intake.openFile', { name: file.name, size: file.size, keep });
  try {
    let sending: Promise<unknown> = Promise.resolve();
    for (let offset = 0; offset < file.size; offset += maxChunkBytes) {
      const base64 = await readPiece(file, offset);
      await sending;
      throwIfCancelled(signal);
      sending = call('intake.appendChunk', { id, offset, base64 }).then(({ received }) => onProgress?.(received));
      // Awaited in the next round; until then nobody else is to report its failure.
      sending.catch(() => undefined);
    }
    await sending;
    throwIfCancelled(signal);
    return id;
  } catch (error) {
    await call('intake.discardFile', { id }).catch(() => undefined);
    throw error;
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('rpc.cancelled', {});
}

/** A file that was changed or taken away since it was chosen cannot be read any more. */
async function readPiece(file: File, offset: number): Promise<string> {
  try {
    return toBase64(new Uint8Array(await file.slice(offset, offset + maxChunkBytes).arrayBuffer()));
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    throw new AppError('file.unreadable', { file: file.name, cause: name }, { cause });
  }
}
