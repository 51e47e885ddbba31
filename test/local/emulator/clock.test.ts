/** Clocks: order on the manual one, and two runs of one script that leave the same log. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MANUAL_CLOCK_START, manualClock, realClock } from '../../../local/emulator/clock.ts';
import { ANNA, APP_NUMBER, BOB, type Stage, setStage, USER } from './stage.ts';

test('a manual clock runs what is due in the order of its time, then of its scheduling', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(50)), fc.nat(60), async (delays, advance) => {
      const clock = manualClock();
      const ran: [number, number][] = [];
      for (const [index, delay] of delays.entries()) {
        clock.schedule(delay, () => void ran.push([clock.now() - MANUAL_CLOCK_START, index]));
      }
      await clock.advance(advance);

      const due = delays.map((delay, index): [number, number] => [delay, index]).filter(([delay]) => delay <= advance);
      expect(ran).toEqual(due.sort(([a, i], [b, j]) => a - b || i - j));
      expect(clock.now()).toBe(MANUAL_CLOCK_START + advance);
    }),
  );
});

test('work that falls due while the clock advances runs in the same advance, one after the other', async () => {
  const clock = manualClock();
  const steps: string[] = [];
  clock.schedule(10, async () => {
    clock.schedule(0, () => void steps.push('second'));
    await new Promise((resolve) => setImmediate(resolve));
    steps.push('first');
  });
  await clock.advance(10);

  expect(steps).toEqual(['first', 'second']);
});

test('canceled work does not run, and stopping releases who waits', async () => {
  const clock = manualClock();
  let hasRun = false;
  clock.schedule(5, () => {
    hasRun = true;
  })();
  const wait = clock.wait(1000);
  await clock.advance(10);
  clock.stop();

  await wait;
  expect(hasRun).toBe(false);
});

test('a real clock keeps its order and can be stopped', async () => {
  const clock = realClock();
  const steps: number[] = [];
  clock.schedule(20, () => void steps.push(2));
  clock.schedule(0, () => void steps.push(1));
  clock.schedule(10, () => void steps.push(0))();
  await clock.wait(40);
  const wait = clock.wait(3_600_000);
  clock.stop();

  await wait;
  expect(steps).toEqual([1, 2]);
});

/** A morning of calls, with chance in it. */
async function play(stage: Stage): Promise<string> {
  const { control } = stage.emulator;
  await control.put('numbers', { numbers: [APP_NUMBER] });
  await control.put(`parties/${BOB}`, { onRing: 'decline' });
  await stage.script(ANNA, { waitMs: 900 }, { hangUp: true });
  await control.post('faults', { match: 'ParticipantsUpdated', do: { duplicateEvent: true }, probability: 0.5 });
  const targets = [ANNA, BOB].map((value) => ({ phoneNumber: { value } }));
  const body = {
    targets: [...targets, { rawId: USER }],
    sourceCallerIdNumber: { value: APP_NUMBER },
    callbackUri: stage.callback,
  };
  await stage.send('POST', '/calling/callConnections?api-version=2026-03-12', body);
  await control.post('incoming-calls', { from: BOB, to: APP_NUMBER });
  await stage.advance(500);
  await stage.send('GET', '/calling/callConnections/unknown');
  await stage.advance(200_000);
  return JSON.stringify(await control.get('log'));
}

test('the same seed and script leave the same log, byte for byte, after a reset and in another emulator', async () => {
  const stage = await setStage({ seed: 7 });
  const other = await setStage({ seed: 7 });
  try {
    const eventTypes = ['Microsoft.Communication.IncomingCall'];
    const subscribe = (to: Stage) =>
      to.emulator.control.put('event-grid/subscriptions/app', { endpoint: stage.app.url, eventTypes });
    await subscribe(stage);
    await stage.emulator.control.post('reset');
    const first = await play(stage);
    await stage.emulator.control.post('reset');
    const again = await play(stage);
    await subscribe(other);
    await other.emulator.control.post('reset');
    const elsewhere = await play({ ...other, callback: stage.callback });

    expect(again).toBe(first);
    expect(elsewhere).toBe(first);
    expect(first.length).toBeGreaterThan(5000);
  } finally {
    await stage.close();
    await other.close();
  }
});

test('another seed gives other ids', async () => {
  const [one, other] = [await setStage({ seed: 1 }), await setStage({ seed: 2 })];
  try {
    expect(await play(one)).not.toBe(await play({ ...other, callback: one.callback }));
  } finally {
    await one.close();
    await other.close();
  }
});
