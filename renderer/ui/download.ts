const heldMs = 60_000;

/** Offers a text as a file to save. */
export function downloadText(fileName: string, text: string, type = 'text/plain'): void {
  downloadFile(fileName, new Blob([text], { type }));
}

/** Offers bytes as a file to save. */
export function downloadBytes(fileName: string, parts: readonly Uint8Array<ArrayBuffer>[], type: string): void {
  downloadFile(fileName, new Blob([...parts], { type }));
}

/** Offers content as a file to save. */
export function downloadFile(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), heldMs);
}
