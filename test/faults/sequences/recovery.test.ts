/** A sequence goes on where an event arrives, although what Durable Functions would do next is out of reach. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { ended, outcomes } from '../../scenarios/sequences/sequences.ts';
import { eventually } from '../../support/api.ts';
import { type KillableApp, startKillableApp } from '../../support/killable-app.ts';
import { ownHostOnly } from '../../support/suited.ts';

const test = ownHostOnly('kills the host, and starts one with another task hub');

let app: KillableApp;

beforeAll(async () => {
  app = await startKillableApp();
});
afterAll(() => app.close());

const guest = '+14255550124';
const callerId = '+14255550100';

test('a sequence whose orchestration a crash has stopped goes on when the event comes that it waits for', async () => {
  await app.emulator.control.put(`parties/${encodeURIComponent(guest)}`, { onRing: 'ask' });
  const { body } = await app.api('POST', 'sequences', {
    steps: [
      { do: 'createCall', with: { targets: ['+14255550123'], callerId } },
      { do: 'addParticipant', with: { target: guest, callerId, invitationTimeoutSeconds: 180 } },
    ],
    finally: [{ do: 'hangUp', with: { forEveryone: true } }],
  });
  const ringing = await eventually(ringingAtGuest, (one) => one !== undefined);
  await eventually(
    () => app.api('GET', `sequences/${body.sequenceId}`),
    (answer) => outcomes(answer.body).includes('addParticipant running'),
  );
  const [, { operationId }] = (await app.api('GET', `sequences/${body.sequenceId}`)).body.steps;
  await eventually(
    () => app.api('GET', `operations/${operationId}`),
    (answer) => answer.body.status === 'sent',
  );
  await app.kill();

  // A task hub of its own: here nothing but the event can advance the sequence.
  const elsewhere = `h${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await app.start({ AzureFunctionsJobHost__extensions__durableTask__hubName: elsewhere });
  await app.emulator.control.post(`ringing/${ringing?.ringingId}/answer`, {});

  const sequence = await ended(app, body.sequenceId);
  expect(outcomes(sequence)).toEqual(['createCall succeeded', 'addParticipant succeeded', 'hangUp succeeded']);
});

async function ringingAtGuest(): Promise<{ ringingId: string } | undefined> {
  const { ringing } = (await app.emulator.control.get('ringing')) as { ringing: { ringingId: string; id: string }[] };
  return ringing.find(({ id }) => id.includes(guest));
}
