/** The same seed and script give the same log, and hours on a manual clock pass in no time. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANNA, APP_NUMBER, type Stage, setStage } from '../stage.ts';
import { type StreamServer, startStreamServer } from '../streaming/stream-server.ts';
import { runScript } from './script.ts';

let server: StreamServer;
let stage: Stage;
beforeAll(async () => {
  [stage, server] = await Promise.all([setStage({ seed: 7 }), startStreamServer()]);
});
afterAll(async () => {
  await Promise.all([stage.close(), server.close()]);
});

/** The log that the script leaves, one entry a line. */
async function logOf(other: Stage): Promise<string[]> {
  await runScript({ ...other, app: stage.app, callback: stage.callback }, server.url);
  const { entries } = (await other.emulator.control.get('log')) as { entries: unknown[] };
  return entries.map((entry) => JSON.stringify(entry));
}

/** The first line in which two logs differ. */
function difference(one: readonly string[], other: readonly string[]): (string | undefined)[] | undefined {
  const at = Array.from({ length: Math.max(one.length, other.length) }).findIndex(
    (_, line) => one[line] !== other[line],
  );
  return at === -1 ? undefined : [one[at], other[at]];
}

test('the same seed and script write the same log, byte by byte', async () => {
  const first = await logOf(stage);
  await stage.emulator.control.post('reset');
  const again = await logOf(stage);
  const [same, different] = await Promise.all([setStage({ seed: 7 }), setStage({ seed: 8 })]);
  const elsewhere = await logOf(same);
  const otherwise = await logOf(different);
  await Promise.all([same.close(), different.close()]);

  expect(first.length).toBeGreaterThan(300);
  expect(difference(first, again)).toBeUndefined();
  expect(difference(first, elsewhere)).toBeUndefined();
  expect(difference(first, otherwise)).toBeDefined();
});

test('a call that rings out after 115 s takes as long as one that is answered at once', async () => {
  const ringOut = async (onRing: string, ms: number, event: string): Promise<number> => {
    await stage.clear();
    await stage.emulator.control.put(`parties/${ANNA}`, { onRing });
    const startedAt = performance.now();
    await stage.client.createCall(
      { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } },
      stage.callback,
    );
    await stage.advance(ms);
    const tookMs = performance.now() - startedAt;
    expect(stage.app.of(event)).toHaveLength(1);
    return tookMs;
  };
  const runs: { answered: number[]; rungOut: number[] } = { answered: [], rungOut: [] };
  for (let run = 0; run < 9; run++) {
    runs.answered.push(await ringOut('answer', 200, 'CallConnected'));
    runs.rungOut.push(await ringOut('noAnswer', 115_000, 'CreateCallFailed'));
  }

  // Both deliver two events: waiting costs nothing. A busy machine may triple either.
  expect(median(runs.rungOut)).toBeLessThan(3 * median(runs.answered));
});

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
