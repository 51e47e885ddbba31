/** How many discouraged words each folder still has. A bound may only fall; a folder without one has none. */

export const wordsToReplace: Readonly<Record<string, number>> = {
  'shared/ledger': 2,
  test: 1,
  'test/browser': 3,
  'test/faults': 2,
  'test/local': 5,
};
