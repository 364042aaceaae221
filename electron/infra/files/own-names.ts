import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

const temporary = /^\.inkan-(\d{1,10})-[0-9a-f-]{36}\.tmp$/;
const lock = /^\.inkan-[a-z-]{1,64}\.(?:lock|break)$/;

/** A name for a temporary file that nobody else takes and that says whose it is. */
export function temporaryName(): string {
  return `.inkan-${process.pid}-${randomUUID()}.tmp`;
}

/** Whether a file is one of the adapter's own, to be shown to nobody. */
export function isOwnName(name: string): boolean {
  return temporary.test(name) || lock.test(name);
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
