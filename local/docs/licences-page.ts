/** The page of the packages that are deployed, with their licences, from the lockfile. */
import { columns } from './columns.ts';

/** An entry of the lockfile's `packages`, by its folder. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

const inPackages = 'node_modules/';

/** The packages that a bundle may hold: neither for development alone nor of this repository. */
function deployed(packages: Readonly<Record<string, LockedPackage>>) {
  return Object.entries(packages)
    .filter(([path, { dev, link }]) => path.includes(inPackages) && !dev && !link)
    .map(([path, one]) => ({ name: path.slice(path.lastIndexOf(inPackages) + inPackages.length), ...one }))
    .toSorted(
      (one, other) => one.name.localeCompare(other.name, 'en') || `${one.version}`.localeCompare(`${other.version}`),
    );
}

export function licencesPage(packages: Readonly<Record<string, LockedPackage>>): string {
  const rows = deployed(packages).map(({ name, version, license }) => [name, `${version}`, `${license}`]);
  return [
    '# Licences',
    '',
    'Generated from `package-lock.json` by `npm run docs`; do not edit.',
    '',
    'The packages of others that the deployed app may contain; `npm run build` bundles what it uses of them. A test holds every',
    'package, those for development too, to licences that permit such use. The release has the same list as a bill of materials in',
    'the CycloneDX format (`npm run sbom`).',
    '',
    ...columns([['package', 'version', 'licence'], ['---', '---', '---'], ...rows]),
    '',
  ].join('\n');
}
