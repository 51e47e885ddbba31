/** Versions of orchestrations: an app advances those that are not newer than itself, unless host.json says otherwise. */

export const versionMatches = ['none', 'strict', 'currentorolder'] as const;

export interface Versions {
  /** `defaultVersion` of host.json: of the app, and of every instance that is started without one. */
  readonly current: string | undefined;
  /** `versionMatchStrategy` of host.json. */
  readonly match: (typeof versionMatches)[number];
}

/** Why an app does not advance an instance of a version; undefined when it does. */
export function refusalOfVersion(version: string | undefined, { current, match }: Versions): string | undefined {
  const order = compareVersions(version, current);
  if (match === 'none' || order === 0 || (match === 'currentorolder' && order < 0)) {
    return undefined;
  }
  const own = current === undefined ? 'host.json names no defaultVersion' : `defaultVersion of host.json is ${current}`;
  return `Its version is ${version ?? 'none'}, and ${own}: in Azure the instance waits for an app of its version.`;
}

/** As VersioningSettings.CompareVersions of Microsoft.Azure.DurableTask.Core: numbers as numbers, anything else as text. */
function compareVersions(one = '', other = ''): number {
  const [left, right] = [numbersIn(one), numbersIn(other)];
  if (left === undefined || right === undefined) {
    return one.toLowerCase().localeCompare(other.toLowerCase());
  }
  const differences = Array.from({ length: 4 }, (_, index) => (left[index] ?? -1) - (right[index] ?? -1));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** Of a version of two to four numbers. */
function numbersIn(version: string): number[] | undefined {
  return /^\d+(\.\d+){1,3}$/.test(version) ? version.split('.').map(Number) : undefined;
}
