import { describe, expect, it } from 'vitest';
import { maxChunkBytes } from '../../shared/contract/intake.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { callHost } from './connection.ts';
import { sendFile } from './send-file.ts';

interface Asked {
  readonly method: string;
  readonly input: { readonly offset?: number; readonly base64?: string };
}

/** A host that keeps what arrives, and fails where it is told to. */
function createHost(failAt = Infinity) {
  const asked: Asked[] = [];
  let received = Buffer.alloc(0);
  const call = (async (method: string, input: Asked['input']) => {
    asked.push({ method, input });
    if (method === 'intake.openFile') return { id: 'f' };
    if (method === 'intake.discardFile') return {};
    if ((input.offset ?? 0) >= failAt) throw new AppError('file.noSpace', { file: 'x' });
    expect(input.offset).toBe(received.length);
    received = Buffer.concat([received, Buffer.from(input.base64 ?? '', 'base64')]);
    return { received: received.length };
  }) as unknown as typeof callHost;
  return { call, asked, received: () => received };
}

function createFile(size: number) {
  const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251);
  return { bytes, file: new File([bytes], 'a.bin') };
}
const methods = (asked: readonly Asked[]) => asked.map(({ method }) => method.slice('intake.'.length));

describe('sendFile', () => {
  it.each([0, 1, maxChunkBytes, maxChunkBytes + 1, 3 * maxChunkBytes + 5])(
    'sends %i bytes as they are',
    async (size) => {
      const host = createHost();
      const progress: number[] = [];
      const { bytes, file } = createFile(size);
      const onProgress = (received: number) => void progress.push(received);
      expect(await sendFile(file, { keep: 'hashOnly', onProgress }, host.call)).toBe('f');
      expect(Buffer.compare(host.received(), bytes)).toBe(0);
      expect(host.asked[0]).toEqual({ method: 'intake.openFile', input: { name: 'a.bin', size, keep: 'hashOnly' } });
      expect(progress).toHaveLength(Math.ceil(size / maxChunkBytes));
      expect(progress.at(-1) ?? 0).toBe(size);
    },
  );

  it('has the host forget what arrived when it is cancelled', async () => {
    const host = createHost();
    const controller = new AbortController();
    const sending = sendFile(
      createFile(5 * maxChunkBytes).file,
      { keep: 'spool', signal: controller.signal, onProgress: () => controller.abort() },
      host.call,
    );
    await expect(sending).rejects.toMatchObject({ code: 'rpc.cancelled' });
    expect(methods(host.asked).at(-1)).toBe('discardFile');
    expect(host.asked.length).toBeLessThan(5);
  });

  it('asks nothing when it was cancelled before', async () => {
    const host = createHost();
    const sending = sendFile(createFile(1).file, { keep: 'spool', signal: AbortSignal.abort() }, host.call);
    await expect(sending).rejects.toMatchObject({ code: 'rpc.cancelled' });
    expect(host.asked).toEqual([]);
  });

  it('passes on why the host refused a piece', async () => {
    const host = createHost(maxChunkBytes);
    const sending = sendFile(createFile(2 * maxChunkBytes).file, { keep: 'spool' }, host.call);
    await expect(sending).rejects.toMatchObject({ code: 'file.noSpace' });
    expect(methods(host.asked)).toEqual(['openFile', 'appendChunk', 'appendChunk', 'discardFile']);
  });

  it('names a file that cannot be read any more', async () => {
    const host = createHost();
    const gone = new File(['abc'], 'gone.bin');
    gone.slice = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    const details = { file: 'gone.bin', cause: 'NotReadableError' };
    const sending = sendFile(gone, { keep: 'hashOnly' }, host.call);
    await expect(sending).rejects.toMatchObject({ code: 'file.unreadable', details });
    expect(methods(host.asked)).toEqual(['openFile', 'discardFile']);
  });
});
