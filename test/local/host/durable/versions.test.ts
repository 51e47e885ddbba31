import { expect, it } from 'vitest';
import { refusalOfVersion, versionMatches } from '../../../../local/host/durable/versions.ts';

/** By version of the instance and of the app: which strategies carry the instance on. */
const rows: readonly [string | undefined, string | undefined, readonly (typeof versionMatches)[number][]][] = [
  [undefined, undefined, ['none', 'strict', 'currentorolder']],
  ['1.0', '1.0', ['none', 'strict', 'currentorolder']],
  [undefined, '1.0', ['none', 'currentorolder']],
  ['1.0', undefined, ['none']],
  ['1.9', '1.10', ['none', 'currentorolder']],
  ['1.10', '1.9', ['none']],
  ['1.0', '1.0.0', ['none', 'currentorolder']],
  ['alpha', 'Beta', ['none', 'currentorolder']],
  ['9', '10', ['none']],
];

it.each(rows)('an instance of version %s meets an app of version %s', (version, current, expected) => {
  const carriedOn = versionMatches.filter((match) => refusalOfVersion(version, { current, match }) === undefined);

  expect(carriedOn).toEqual(expected);
});
