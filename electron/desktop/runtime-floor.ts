/** The first release of each major that has the fixes we rely on (security rule J-11); older majors have none, newer ones all. */
const fixedIn: Readonly<Record<number, readonly [minor: number, patch: number]>> = {
  41: [10, 6],
  42: [9, 2],
  43: [4, 1],
};
const firstFixedMajor = 44;

/** Whether an Electron version lacks security fixes. A version that cannot be read counts as one that does. */
export function isOutdatedRuntime(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (major >= firstFixedMajor) return false;
  const floor = fixedIn[major];
  if (floor === undefined) return true;
  return minor < floor[0] || (minor === floor[0] && patch < floor[1]);
}
