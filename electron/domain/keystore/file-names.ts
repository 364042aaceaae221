/** Why a name cannot be given to a file. */
export type FileNameFault =
  | 'empty'
  | 'dots'
  | 'separator'
  | 'control'
  | 'illFormed'
  | 'tooLong'
  | 'leadingDot'
  | 'trailing'
  | 'reserved'
  | 'device';

const maxNameBytes = 255;
const deviceNames = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/**
 * Why a name cannot even be asked for: it would leave its folder or cannot be a file's name anywhere (security rule O-03).
 * What is already on the disk may have any other name.
 */
export function pathPartFault(name: string): FileNameFault | undefined {
  if (name === '') return 'empty';
  if (/^\.+$/.test(name)) return 'dots';
  if (/[/\\]/.test(name)) return 'separator';
  if (name.includes('\0')) return 'control';
  if (/\p{Surrogate}/u.test(name)) return 'illFormed';
  if (new TextEncoder().encode(name).length > maxNameBytes) return 'tooLong';
  return undefined;
}

/**
 * Why Inkan gives no new file this name: what {@link pathPartFault} says, and what some system would hide, change or take for a
 * device (security rules O-03 and F-09). Undefined when the name is good everywhere.
 */
export function newFileNameFault(name: string): FileNameFault | undefined {
  const fault = pathPartFault(name);
  if (fault) return fault;
  if (/\p{Cc}/u.test(name)) return 'control';
  if (name.startsWith('.')) return 'leadingDot';
  if (/[. ]$/.test(name)) return 'trailing';
  if (/[<>:"|?*]/.test(name)) return 'reserved';
  const base = name.slice(0, name.indexOf('.') === -1 ? undefined : name.indexOf('.')).trimEnd();
  return deviceNames.test(base) ? 'device' : undefined;
}

/** The existing name that some system would take for the same as this one: case twins, and composed and decomposed forms. */
export function findNameTwin(name: string, existing: readonly string[]): string | undefined {
  const folded = foldName(name);
  return existing.find((other) => foldName(other) === folded);
}

function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}
