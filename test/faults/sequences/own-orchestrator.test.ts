/** An orchestrator written in TypeScript goes on where it was, although the host is killed. */
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort } from '../../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../../local/emulator/emulator.ts';
import { callBack } from '../../../shared/sequences/orchestrators/call-back.ts';
import { ended, outcomes } from '../../scenarios/sequences/sequences.ts';
import { type Answer, type Api, apiAt, eventually } from '../../support/api.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { settingsFor, storageUrl } from '../../support/switchboard.ts';
import { checkAcs } from './rounds.ts';

const test = ownHostOnly('kills the host');

let emulator: Emulator;
let host: HostProcess;
let port: number;
let settings: Record<string, string>;
let api: Api;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  port = await freePort();
  settings = {
    ...(await settingsFor(emulator, emulator.url, storageUrl('Table'), `http://127.0.0.1:${port}`)),
    ACS_TIMEOUT_SECONDS: '1',
    SEQUENCE_RECHECK_SECONDS: '1',
    EMBEDDED_HOST_VISIBILITY_SECONDS: '1',
  };
  host = await startHostProcess(port, settings);
  api = apiAt(`http://127.0.0.1:${port}/api`);
});
afterAll(async () => {
  await host.kill();
  await emulator.close();
});

const said = { text: 'Hi', locale: 'en-US' };
const { customer, agent } = callBack.example;

test('a call back is made once, although the host is killed while the phones ring and while they talk', async () => {
  const press = { onListening: { press: '1' } };
  await emulator.control.put(`parties/${encodeURIComponent(customer)}`, { onRing: 'ask', then: [press] });
  await emulator.control.put(`parties/${encodeURIComponent(agent)}`, { onRing: 'ask' });
  const input = { ...callBack.example, ringFor: 'PT2M', prompt: said, thanks: said, talkFor: 'PT2S' };
  const { body } = await api('POST', 'sequences', { name: 'callBack', input });
  await reaches(body.sequenceId, 'call-1', 'running');
  await killWhile(pickUp);
  await reaches(body.sequenceId, 'thanks', 'succeeded');
  await killWhile(pickUp);
  await reaches(body.sequenceId, 'talk', 'running');
  await killWhile(async () => {});
  const sequence = await reaches(body.sequenceId, 'hangUp', 'succeeded');
  expect(outcomes(sequence)).toEqual([
    'call-1 succeeded',
    'ask-1 succeeded',
    'agent succeeded',
    'thanks succeeded',
    'talk timedOut',
    'hangUp succeeded',
  ]);
  expect(await ended({ api }, body.sequenceId)).toMatchObject({
    status: 'succeeded',
    result: { outcome: 'connected' },
  });
  await checkAcs(emulator);
});

/** The host is killed, and somebody acts once it is back. */
async function killWhile(act: () => Promise<void>): Promise<void> {
  await host.kill();
  host = await startHostProcess(port, settings);
  await act();
}

/** Whose phone rings answers. */
async function pickUp(): Promise<void> {
  const { ringing } = await eventually(
    async () => (await emulator.control.get('ringing')) as { ringing: { ringingId: string }[] },
    (answer) => answer.ringing.length > 0,
  );
  await emulator.control.post(`ringing/${ringing[0]?.ringingId}/answer`, {});
}

/** The sequence once a step of it is there. */
async function reaches(sequenceId: string, step: string, status: string): Promise<Answer['body']> {
  const { body } = await eventually(
    () => api('GET', `sequences/${sequenceId}`),
    (answer) => outcomes(answer.body).includes(`${step} ${status}`),
  );
  return body;
}
