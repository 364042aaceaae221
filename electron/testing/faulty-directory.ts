import type { Directory } from '../domain/ports.ts';
import { interceptCalls, type BeforeCall } from './intercept-calls.ts';

/** A directory whose calls fail, wait or meet another program's changes when `before` says so. */
export function createFaultyDirectory(directory: Directory, before: BeforeCall): Directory {
  return interceptCalls(directory, before);
}
