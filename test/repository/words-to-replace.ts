/** How many discouraged words each folder still has. A bound may only fall; a folder without one has none. */

export const wordsToReplace: Readonly<Record<string, number>> = {
  functions: 3,
  'local/emulator': 346,
  shared: 26,
  'shared/acs': 31,
  'shared/http': 44,
  'shared/ledger': 2,
  'shared/recordings': 52,
  'shared/routing': 38,
  'shared/sequences': 490,
  'shared/storage': 54,
  'shared/telemetry': 7,
  'shared/webhooks': 83,
  test: 2,
  'test/browser': 3,
  'test/contract': 14,
  'test/faults': 2,
  'test/functions': 1,
  'test/local': 5,
  'test/scenarios': 81,
  'test/shared': 259,
};
