import { isLabSubject } from '../../../shared/model/lab.ts';
import type { KeyAlgorithm, SigningKey } from '../../../shared/model/signing-key.ts';

/** `RSA 2048`, `EC P-256`. */
export function algorithmName(algorithm: KeyAlgorithm): string {
  const [family, size] = algorithm.split('-');
  return family === 'EC' ? `EC P-${size}` : `RSA ${size}`;
}

/** Whether a key is only for trying things out: a test certificate of its own, or one of the test lab. */
export function isForTests({ isTest, chain }: SigningKey): boolean {
  return isTest || chain.some(({ subject }) => isLabSubject(subject));
}

const gone: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'notAbsolute'];

/** Whether a file that the list names is not there. */
export function isGone({ problems }: Pick<SigningKey, 'problems'>): boolean {
  return problems.some(({ code, details }) => code === 'file.unreadable' && gone.includes(details['cause']));
}

/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** A subject without its common name, in the order people read it. */
export function restOfSubject(subject: string): string {
  return subject
    .split(/(?<!\\),/)
    .map((part) => part.trim())
    .filter((part) => !part.startsWith('CN='))
    .toReversed()
    .join(', ');
}

/** Whether a name can stand in a command line without quotes. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name);
}

/** The first of `test-key`, `test-key-2`, … that no key has. */
export function suggestedName(keys: readonly SigningKey[]): string {
  const taken = new Set(keys.map(({ name }) => name));
  if (!taken.has('test-key')) return 'test-key';
  let number = 2;
  while (taken.has(`test-key-${number}`)) number += 1;
  return `test-key-${number}`;
}
