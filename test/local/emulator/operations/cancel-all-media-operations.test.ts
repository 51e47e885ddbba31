/** cancelAllMediaOperations and what is requested after its response. */

import { expect, test } from 'vitest';
import { onMediaStage, under } from '../media-stage.ts';
import { ANNA, type Stage, setStage, who } from '../stage.ts';

const stage = onMediaStage();

test('cancelAllOperations never cancels what is requested after its response, in 100 rounds', async () => {
  const real = await setStage({ clock: 'real' });
  try {
    const connection = await connectedOn(real);
    const media = connection.getCallMedia();
    for (let round = 0; round < 100; round += 1) {
      await media.playToAll([stage.file('60000.wav', 'long')], under(`before ${round}`));
      await media.cancelAllOperations();
      await media.playToAll([stage.file('1.wav', 'short')], under(`after ${round}`));
      await ended(real, 2 * (round + 1));
    }

    const ends = real.app.arrivals.filter(({ kind }) => ENDS.includes(kind));
    expect(ends.map(({ kind, event }) => `${kind} ${event.data.operationContext}`).sort()).toEqual(
      Array.from({ length: 100 }, (_, round) => [`PlayCanceled before ${round}`, `PlayCompleted after ${round}`])
        .flat()
        .sort(),
    );
  } finally {
    await real.close();
  }
});

test('a play to the same participant is taken as soon as cancelAllOperations has its response', async () => {
  const connection = await stage.connected();
  const media = connection.getCallMedia();
  await media.play([stage.file('60000.wav')], [who(ANNA)], under('before'));
  await media.cancelAllOperations();
  await media.play([stage.file('100.wav')], [who(ANNA)], under('after'));
  await stage.advance(100);

  const plays = stage.reported().filter(([kind]) => kind !== 'ParticipantsUpdated');
  expect(plays).toEqual([
    ['PlayCanceled', 8508, 'before'],
    ['PlayStarted', 0, 'after'],
    ['PlayCompleted', 0, 'after'],
  ]);
});

const ENDS = ['PlayCompleted', 'PlayCanceled', 'PlayFailed'];

async function connectedOn({ client, app, callback }: Stage) {
  const { callConnection } = await client.createCall(
    { targetParticipant: { communicationUserId: '8:acs:resource_user' } },
    callback,
  );
  await app.next('CallConnected');
  return callConnection;
}

/** Resolves when as many plays have ended. */
async function ended({ app }: Stage, count: number): Promise<void> {
  await expect
    .poll(() => app.arrivals.filter(({ kind }) => ENDS.includes(kind)).length, { timeout: 10_000 })
    .toBe(count);
}
