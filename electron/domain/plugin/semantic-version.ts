const pattern = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})(?:-([0-9A-Za-z.-]{1,200}))?(?:\+([0-9A-Za-z.-]{1,200}))?$/;

interface SemanticVersion {
  readonly numbers: readonly number[];
  readonly prerelease: readonly string[];
}

function isNumber(text: string): boolean {
  return /^\d{1,200}$/.test(text);
}

function isIdentifier(text: string): boolean {
  return text !== '' && !(isNumber(text) && text.length > 1 && text.startsWith('0'));
}

/** The parts of a version that count for the order; undefined for what is none (Semantic Versioning 2.0.0). */
function parse(text: string): SemanticVersion | undefined {
  const [, major = '', minor = '', patch = '', before, build] = pattern.exec(text) ?? [];
  const prerelease = before?.split('.') ?? [];
  const isRight =
    major !== '' &&
    [major, minor, patch].every(isIdentifier) &&
    prerelease.every(isIdentifier) &&
    (build?.split('.') ?? []).every((part) => part !== '');
  return isRight ? { numbers: [major, minor, patch].map(Number), prerelease } : undefined;
}

/** Whether a text is a version by the rules of Semantic Versioning 2.0.0. */
export function isSemanticVersion(text: string): boolean {
  return parse(text) !== undefined;
}

function compareIdentifiers(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareIdentifiers(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Below 0, 0 or above 0 as the first version is older than, the same as or newer than the second; undefined when one is none. */
export function compareVersions(first: string, second: string): number | undefined {
  const [a, b] = [parse(first), parse(second)];
  if (!a || !b) return undefined;
  const numbers = a.numbers.map((number, at) => number - (b.numbers[at] ?? 0)).find((difference) => difference !== 0);
  return numbers ?? comparePrereleases(a.prerelease, b.prerelease);
}
