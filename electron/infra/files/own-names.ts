import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

const temporary = /^\.inkan-(\d{1,10})-[0-9a-f-]{36}\.tmp$/;
const unfinished = /^\.inkan-(\d{1,10})-[0-9a-f-]{36}\.new$/;
const aside = /^\.inkan-(\d{1,10})-[0-9a-f-]{36}\.old-(.{1,200})$/;
const lock = /^\.inkan-[a-z-]{1,64}\.(?:lock|break)$/;

/** A name for a temporary file that nobody else takes and that says whose it is. */
export function temporaryName(): string {
  return `.inkan-${process.pid}-${randomUUID()}.tmp`;
}

/** A name for a folder that is being filled, or that is on its way out. */
export function unfinishedName(): string {
  return `.inkan-${process.pid}-${randomUUID()}.new`;
}

/** A name for what is kept until something else has taken its own. */
export function asideName(name: string): string {
  return `.inkan-${process.pid}-${randomUUID()}.old-${name}`;
}

/** Whether a folder was left unfinished by a process that is gone. */
export function isUnfinished(name: string): boolean {
  const pid = unfinished.exec(name)?.[1];
  return pid !== undefined && !isRunning(Number(pid));
}

/** The name of what was put aside by a process that is gone. */
export function nameOfAside(name: string): string | undefined {
  const [, pid, original] = aside.exec(name) ?? [];
  return pid === undefined || isRunning(Number(pid)) ? undefined : original;
}

/** Whether a file is one of the adapter's own, to be shown to nobody. */
export function isOwnName(name: string): boolean {
  return [temporary, lock, unfinished, aside].some((pattern) => pattern.test(name));
}

/** Whether a file is a temporary one whose process is gone. */
export function isLeftover(name: string): boolean {
  const pid = temporary.exec(name)?.[1];
  return pid !== undefined && !isRunning(Number(pid));
}

/** Whether a process runs on this computer. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

export const thisHost = hostname();
