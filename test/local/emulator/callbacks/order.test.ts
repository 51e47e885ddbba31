/** The order of callbacks at the end of a call, and those that are sent again after a refused connection. */

import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { onMediaStage, under } from '../media-stage.ts';
import { type Receiver, startReceiver } from '../receiver.ts';
import { type Stage, setStage } from '../stage.ts';

const stage = onMediaStage();

/** An address at which no receiver listens yet. */
async function closedAddress(): Promise<{ url: string; open(): Promise<Receiver> }> {
  const receiver = await startReceiver();
  await receiver.close();
  return { url: `${receiver.url}/late`, open: () => startReceiver(Number(new URL(receiver.url).port)) };
}

test('a callback whose connection is refused is sent again after 1, 2 and 4 seconds, and then no more', async () => {
  const { url, open } = await closedAddress();
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file('100.wav')], { ...under('mine'), operationCallbackUrl: url });
  await stage.advance(6999);
  const late = await open();
  try {
    // PlayStarted was refused at 0, 1 and 3 seconds, PlayCompleted 100 ms after each.
    await stage.advance(101);
    expect(late.kinds()).toEqual(['PlayStarted', 'PlayCompleted']);
    expect(late.arrivals[0]?.event.data.operationContext).toBe('mine');
  } finally {
    await late.close();
  }
  await media.playToAll([stage.file('100.wav')], { operationCallbackUrl: url });
  await stage.advance(60_000);

  const notes = (await deliveries()).map(({ note = '' }) => note.replace(/.*; /, ''));
  expect(notes.filter((note) => note === 'not sent again')).toHaveLength(2);
});

test('PlayFailed arrives before the CallDisconnected that caused it, also when it is sent again', async () => {
  const { url, open } = await closedAddress();
  const connection = await stage.connected();
  const play = { ...under('mine'), operationCallbackUrl: url };
  await connection.getCallMedia().playToAll([stage.file('60000.wav')], play);
  await stage.advance(8000);
  await connection.hangUp(true);
  await stage.advance(999);
  expect(stage.app.kinds()).toEqual([]);
  const late = await open();
  await stage.advance(1);
  await late.close();

  expect(late.kinds()).toEqual(['PlayFailed']);
  expect(stage.app.kinds()).toEqual(['CallDisconnected']);
});

test('on the real clock nothing of a call arrives after its CallDisconnected, in 100 calls', async () => {
  const real = await setStage({ clock: 'real' });
  try {
    const all: Receiver['arrivals'] = [];
    for (let round = 1; round <= 100; round += 1) {
      all.push(...real.app.arrivals.splice(0));
      const connection = await connectedOn(real);
      await connection.getCallMedia().playToAll([stage.file('60000.wav', 'long')]);
      await connection.hangUp(true);
      await real.app.next('CallDisconnected');
    }
    // What would be late has come by now.
    await pause(100);

    all.push(...real.app.arrivals);
    const lastOf = new Map(all.map(({ kind, event }) => [event.data.callConnectionId, kind]));
    expect(lastOf.size).toBe(100);
    expect(new Set(lastOf.values())).toEqual(new Set(['CallDisconnected']));
  } finally {
    await real.close();
  }
});

test('CallDisconnected waits for the answers to what was sent before, but not for a handler that waits for it', async () => {
  const real = await setStage({ clock: 'real' });
  try {
    const connection = await connectedOn(real);
    const ended = real.app.next('CallDisconnected');
    real.app.answer = async ({ kind }) => {
      if (kind === 'PlayFailed') {
        await ended;
      }
      return 200;
    };
    await connection.getCallMedia().playToAll([stage.file('60000.wav', 'long')]);
    await real.app.next('PlayStarted');
    const startedAtMs = performance.now();
    await connection.hangUp(true);
    await ended;

    expect(performance.now() - startedAtMs).toBeGreaterThan(900);
    expect(real.app.kinds().slice(-2)).toEqual(['PlayFailed', 'CallDisconnected']);
  } finally {
    await real.close();
  }
});

async function connectedOn({ client, app, callback }: Stage) {
  app.arrivals.length = 0;
  const target = { targetParticipant: { communicationUserId: '8:acs:resource_user' } };
  const { callConnection } = await client.createCall(target, callback);
  await app.next('CallConnected');
  return callConnection;
}

async function deliveries(): Promise<{ note?: string }[]> {
  const { entries } = (await stage.emulator.control.get('log')) as { entries: { kind: string; note?: string }[] };
  return entries.filter(({ kind }) => kind === 'delivery');
}
