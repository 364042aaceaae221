import path from 'node:path';
import type { Handlers, Publish } from '../../shared/contract/contract.ts';
import type { Source } from '../../shared/model/source.ts';
import { newFileNameFault } from '../domain/keystore/file-names.ts';
import type { Directory, NewFile, Random, Spool } from '../domain/ports.ts';
import { addLayout } from './add-layout.ts';
import { ArchiveCopies } from './archive-copies.ts';
import type { Intake, IntakeFile } from './intake.ts';
import { saveCopy, type SaveCopyOptions } from './save-copy.ts';
import type { SourceAccess } from './source-access.ts';
import { toSource, type StoredSource } from './source-book.ts';

export interface LayoutsServiceOptions extends SaveCopyOptions {
  readonly access: SourceAccess;
  readonly intake: Pick<Intake, 'take'>;
  readonly spool: Spool;
  readonly random: Random;
  readonly inkan: Directory;
  readonly publish: Publish;
}

const ownArchives = 'archives';
const privateFolder = { mode: 0o700, replace: false } as const;
const pieceBytes = 1024 * 1024;

/** Where Inkan keeps the archives that a page handed over: each in a folder of its own, removed with its source. */
export function ownFolderOf(
  inkan: Directory,
  { place, archive }: Pick<StoredSource, 'place' | 'archive'>,
): string | undefined {
  const folder = path.dirname(place);
  return archive && path.dirname(folder) === path.join(inkan.path, ownArchives) ? folder : undefined;
}

async function* toNewFile({ name, size, spooled }: IntakeFile): AsyncGenerator<NewFile> {
  async function* content(): AsyncGenerator<Uint8Array> {
    for (let at = 0; spooled && at < size; at += pieceBytes) yield await spooled.read(at, pieceBytes);
  }
  const plain = newFileNameFault(name) === undefined ? name : 'layout.tar';
  yield await Promise.resolve({ path: plain, mode: 0o600, content });
}

/** The `layouts` namespace: image layouts in archives, which are only read, and the copies that carry new signatures. */
export function createLayoutsService(options: LayoutsServiceOptions): {
  readonly handlers: Handlers<'layouts'>;
  close(): Promise<void>;
} {
  const { access, publish, placer, inkan, random, spool } = options;
  const copies = new ArchiveCopies(spool, random);
  const told = (stored: StoredSource): Source => {
    publish('sources.changed', {});
    return toSource(stored, []);
  };

  const takeArchive = async (fileId: string): Promise<StoredSource> => {
    const file = await options.intake.take(fileId);
    const folder = path.join(inkan.path, ownArchives, random.uuid());
    try {
      let name = '';
      const files = (async function* () {
        for await (const made of toNewFile(file)) {
          name = made.path;
          yield made;
        }
      })();
      await placer.placeFolder(folder, files, privateFolder);
      return await addLayout(options, path.join(folder, name), 'archive').catch(async (error: unknown) => {
        await placer.removeFolder(folder);
        throw error;
      });
    } finally {
      await file.spooled?.remove();
    }
  };

  const handlers: Handlers<'layouts'> = {
    'layouts.addArchive': async ({ fileId }) => ({ source: told(await takeArchive(fileId)) }),

    'layouts.readUnsaved': async ({ id }) => ({ signatures: (await access.openArchive(id)).unsaved }),

    'layouts.saveCopy': async ({ id, as }, { signal }) => {
      const saved = await saveCopy(options, await access.openArchive(id), as, signal);
      return { source: saved ? told(saved) : null };
    },

    'layouts.packCopy': async ({ id }, { signal }) => copies.pack(await access.openArchive(id), signal),

    'layouts.readCopy': async ({ copyId, offset }) => ({ base64: await copies.read(copyId, offset) }),

    'layouts.discardCopy': async ({ copyId, id, isStored }) => {
      await copies.discard(copyId);
      if (isStored) {
        (await access.openArchive(id)).forgetUnsaved();
        publish('sources.changed', {});
      }
      return {};
    },
  };
  return { handlers, close: () => copies.close() };
}
