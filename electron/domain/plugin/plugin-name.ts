import { AppError } from '../../../shared/errors/app-error.ts';
import { newFileNameFault } from '../keystore/file-names.ts';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function nameFault(name: string): string | undefined {
  if (!namePattern.test(name)) return 'it is not 1 to 64 of a-z, A-Z, 0-9, . _ - beginning with a letter or digit';
  const fault = newFileNameFault(name);
  return fault && `it ${fault}`;
}

/** Whether a text may name a plugin: good as a folder's name everywhere, and no path. */
export function isPluginName(name: string): boolean {
  return nameFault(name) === undefined;
}

/** Checks a plugin's name before any path is built of it (security rules O-02, P-03). @throws AppError `plugin.badName` */
export function assertPluginName(name: string): void {
  const fault = nameFault(name);
  if (fault !== undefined) throw new AppError('plugin.badName', { plugin: name.slice(0, 100), fault });
}

/** The file name of a plugin's program (plugin extensibility specification, "Plugin installation"). */
export function programNameOf(name: string, platform: string): string {
  return `notation-${name}${platform === 'win32' ? '.exe' : ''}`;
}
