import { callHost } from './connection.ts';

/** A signed copy of a layout, as the host packed it. */
export interface PackedCopy {
  readonly name: string;
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Lets the host pack a layout with its new signatures and fetches it piece by piece. @throws AppError */
export async function fetchCopy(id: string): Promise<PackedCopy> {
  const { copyId, name, size } = await callHost('layouts.packCopy', { id });
  let isStored = false;
  try {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (let offset = 0; offset < size;) {
      const part = fromBase64((await callHost('layouts.readCopy', { copyId, offset })).base64);
      parts.push(part);
      offset += part.length;
    }
    isStored = true;
    return { name, parts };
  } finally {
    await callHost('layouts.discardCopy', { id, copyId, isStored });
  }
}
