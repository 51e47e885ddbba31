/** The bounds of what an export reads. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { StoryEntry } from '../../../../shared/calls/export.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import { readExport } from '../../../../shared/ledger/reads/export.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger } from '../a-ledger.ts';

const ledger = aLedger();
const at = '2026-01-01T12:00:00.000Z';

/** A ledger whose calls have pages of requests without end, of operations that are not stored. */
function endless(pages: number) {
  let reads = 0;
  const readStory: Ledger['calls']['readStory'] = async (_, limit) => {
    reads += 1;
    const items = Array.from(
      { length: limit },
      (): StoryEntry => ({
        entry: { at, kind: 'requested', operationId: randomUUID() },
      }),
    );
    return { items, positions: [], ...(reads < pages && { nextCursor: String(reads) }) };
  };
  return { calls: { ...ledger.calls, readStory, readIntent: async () => undefined }, reads: () => reads };
}

test.each([
  [1, 1, false],
  [2, 2, true],
  [100, 10, true],
])('of a call with %d pages of requests it reads %d, and says whether it is cut: %s', async (pages, read, isCut) => {
  const { calls, reads } = endless(pages);
  const file = await readExport({ calls }, aCall({ callId: randomUUID() }), 'tokens');
  expect({ reads: reads(), entries: file.entries.length, isCut: file.isCut }).toEqual({
    reads: read,
    entries: read * 500,
    isCut,
  });
});
