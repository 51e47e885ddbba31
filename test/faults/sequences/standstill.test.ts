/**
 * How long sequences stand still after their host was killed: no longer than Durable Functions hides the messages that the
 * killed process held (`controlQueueVisibilityTimeout`, `workItemQueueVisibilityTimeout` in host.json, one minute each).
 */
import { afterAll, beforeAll, expect } from 'vitest';
import { ended, outcomes } from '../../scenarios/sequences/sequences.ts';
import { eventually } from '../../support/api.ts';
import { type KillableApp, startKillableApp } from '../../support/killable-app.ts';
import { ownHostOnly } from '../../support/suited.ts';

const test = ownHostOnly('kills the host');

const atOnce = 12;
const mostMs = 75_000;

let app: KillableApp;

beforeAll(async () => {
  app = await startKillableApp({ ACS_TIMEOUT_SECONDS: '2', EMBEDDED_HOST_VISIBILITY_SECONDS: '10' });
});
afterAll(() => app.close());

/** Steps that ACS's answer settles: the sequence waits for no event that may be lost while the host is down. */
const onRecording = (name: string) => ({
  do: name,
  with: { recordingId: '$steps.record.result.recordingId' },
  onFailure: 'continue',
});
const pauses = [onRecording('pauseRecording'), { wait: 'PT0.5S' }, onRecording('resumeRecording'), { wait: 'PT0.5S' }];

const progress = async (id: string) => outcomes((await app.api('GET', `sequences/${id}`)).body);

test(`each of ${atOnce} sequences is at work again ${mostMs / 1000} s after a kill`, async () => {
  const ids: string[] = [];
  for (let count = 0; count < atOnce; count += 1) {
    const { body } = await app.api('POST', 'sequences', {
      steps: [
        { do: 'createCall', with: { targets: [`+1425555${1000 + count}`], callerId: '+14255550100' } },
        { id: 'record', do: 'startRecording' },
        { repeat: { times: 40, steps: pauses } },
      ],
      finally: [{ id: 'leave', do: 'hangUp', with: { forEveryone: true } }],
    });
    ids.push(body.sequenceId);
  }
  for (const id of ids) {
    await eventually(
      () => progress(id),
      (steps) => steps.includes('record succeeded'),
    );
  }

  await app.kill();
  const killedAt = Date.now();
  await app.start();
  const before = await Promise.all(ids.map(progress));
  const standstills = await Promise.all(
    ids.map(async (id, index) => {
      await eventually(
        () => progress(id),
        (steps) => steps.join() !== before[index]?.join(),
      );
      return Date.now() - killedAt;
    }),
  );
  process.stdout.write(`at work again after ${standstills.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s\n`);
  expect(Math.max(...standstills)).toBeLessThan(mostMs);

  await Promise.all(ids.map((id) => app.api('POST', `sequences/${id}/cancel`, {})));
  for (const id of ids) {
    expect(await ended(app, id)).toMatchObject({ status: 'canceled' });
  }
});
