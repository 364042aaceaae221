/** Why a name cannot be given to a file, as the end of a sentence about it. */
export type FileNameFault =
  | 'is empty'
  | 'consists of dots'
  | 'has a path separator'
  | 'has a control character'
  | 'is not well-formed Unicode'
  | 'is too long'
  | 'begins with a dot'
  | 'ends in a dot or space'
  | 'has one of < > : " | ? *'
  | 'is a device on Windows';

const maxNameBytes = 255;
const deviceNames = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/**
 * Why a name cannot even be asked for: it would leave its folder or cannot be a file's name anywhere (security rule O-03).
 * What is already on the disk may have any other name.
 */
export function pathPartFault(name: string): FileNameFault | undefined {
  if (name === '') return 'is empty';
  if (/^\.+$/.test(name)) return 'consists of dots';
  if (/[/\\]/.test(name)) return 'has a path separator';
  if (name.includes('\0')) return 'has a control character';
  if (/\p{Surrogate}/u.test(name)) return 'is not well-formed Unicode';
  if (new TextEncoder().encode(name).length > maxNameBytes) return 'is too long';
  return undefined;
}

/**
 * Why Inkan gives no new file this name: what {@link pathPartFault} says, and what some system would hide, change or take for a
 * device (security rules O-03 and F-09). Undefined when the name is good everywhere.
 */
export function newFileNameFault(name: string): FileNameFault | undefined {
  const fault = pathPartFault(name);
  if (fault) return fault;
  if (/\p{Cc}/u.test(name)) return 'has a control character';
  if (name.startsWith('.')) return 'begins with a dot';
  if (/[. ]$/.test(name)) return 'ends in a dot or space';
  if (/[<>:"|?*]/.test(name)) return 'has one of < > : " | ? *';
  const base = name.slice(0, name.indexOf('.') === -1 ? undefined : name.indexOf('.')).trimEnd();
  return deviceNames.test(base) ? 'is a device on Windows' : undefined;
}

/** The existing name that some system would take for the same as this one: case twins, and composed and decomposed forms. */
export function findNameTwin(name: string, existing: readonly string[]): string | undefined {
  const folded = foldName(name);
  return existing.find((other) => foldName(other) === folded);
}

function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}
