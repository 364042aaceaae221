import { Untrusted } from './untrusted.tsx';

/** A distinguished name with a space after each part, so that lines break between parts. Copying gives the spaces too; the name stays the same. */
export function Subject({ text }: { readonly text: string }) {
  return <Untrusted text={text.replace(/(?<!\\),(?! )/g, ', ')} />;
}
