/** A sequence goes on where an event arrives, although what Durable Functions would do next is out of reach. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort } from '../../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../../local/emulator/emulator.ts';
import { ended, outcomes } from '../../scenarios/sequences/sequences.ts';
import { type Api, apiAt, eventually } from '../../support/api.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { settingsFor, storageUrl } from '../../support/switchboard.ts';

const test = ownHostOnly('kills the host, and starts one with another task hub');

let emulator: Emulator;
let host: HostProcess;
let port: number;
let settings: Record<string, string>;
let api: Api;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  port = await freePort();
  settings = await settingsFor(emulator, emulator.url, storageUrl('Table'), `http://127.0.0.1:${port}`);
  host = await startHostProcess(port, settings);
  api = apiAt(`http://127.0.0.1:${port}/api`);
});
afterAll(async () => {
  await host.kill();
  await emulator.close();
});

const guest = '+14255550124';
const callerId = '+14255550100';

test('a sequence whose orchestration a crash has stopped goes on when the event comes that it waits for', async () => {
  await emulator.control.put(`parties/${encodeURIComponent(guest)}`, { onRing: 'ask' });
  const { body } = await api('POST', 'sequences', {
    steps: [
      { do: 'createCall', with: { targets: ['+14255550123'], callerId } },
      { do: 'addParticipant', with: { target: guest, callerId, invitationTimeoutSeconds: 180 } },
    ],
    finally: [{ do: 'hangUp', with: { forEveryone: true } }],
  });
  const ringing = await eventually(ringingAtGuest, (one) => one !== undefined);
  await eventually(
    () => api('GET', `sequences/${body.sequenceId}`),
    (answer) => outcomes(answer.body).includes('addParticipant running'),
  );
  const [, { operationId }] = (await api('GET', `sequences/${body.sequenceId}`)).body.steps;
  await eventually(
    () => api('GET', `operations/${operationId}`),
    (answer) => answer.body.status === 'sent',
  );
  await host.kill();

  // A task hub of its own: here nothing but the event can advance the sequence.
  const elsewhere = `h${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  host = await startHostProcess(port, {
    ...settings,
    AzureFunctionsJobHost__extensions__durableTask__hubName: elsewhere,
  });
  await emulator.control.post(`ringing/${ringing?.ringingId}/answer`, {});

  const sequence = await ended({ api }, body.sequenceId);
  expect(outcomes(sequence)).toEqual(['createCall succeeded', 'addParticipant succeeded', 'hangUp succeeded']);
});

async function ringingAtGuest(): Promise<{ ringingId: string } | undefined> {
  const { ringing } = (await emulator.control.get('ringing')) as { ringing: { ringingId: string; id: string }[] };
  return ringing.find(({ id }) => id.includes(guest));
}
