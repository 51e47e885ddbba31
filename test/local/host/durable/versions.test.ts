import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusalOfVersion, versionMatches } from '../../../../local/host/durable/versions.ts';
import { type DurableHost, startDurable } from './support.ts';

let durable: DurableHost;
beforeAll(async () => {
  const settings = { AzureFunctionsJobHost__extensions__durableTask__defaultVersion: '1.10' };
  durable = await startDurable({ settings });
});
afterAll(() => durable.host.close());

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
  const advanced = versionMatches.filter((match) => refusalOfVersion(version, { current, match }) === undefined);

  expect(advanced).toEqual(expected);
});

it.each([
  ['as old as the app when it is started without a version', '', ['1.10']],
  ['of an older version, by its numbers', '?version=1.9.7', ['1.9.7']],
  ['of a version that is no number and comes before that of the app', '?version=0x', ['0x']],
  ['of a newer version', '?version=1.11', /Its version is 1\.11, and defaultVersion of host\.json is 1\.10/],
  ['of a version that is no number and comes after that of the app', '?version=beta', /Its version is beta/],
])('advances an instance that is not newer than the app: one %s', async (_, query, expected) => {
  const { body } = await durable.api('POST', `orchestrators/version${query}`);

  const output = (await durable.ended(body.id)).output;
  expect(output).toEqual(Array.isArray(expected) ? [...expected, body.id, null] : expect.stringMatching(expected));
});
