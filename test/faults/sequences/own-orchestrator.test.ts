/** An orchestrator written in TypeScript goes on where it was, although the host is killed. */
import { afterAll, beforeAll, expect } from 'vitest';
import { callBack } from '../../../shared/sequences/orchestrators/call-back.ts';
import { ended, outcomes } from '../../scenarios/sequences/sequences.ts';
import { type Answer, eventually } from '../../support/api.ts';
import { type KillableApp, startKillableApp } from '../../support/killable-app.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { checkAcs } from './rounds.ts';

const test = ownHostOnly('kills the host');

let app: KillableApp;

beforeAll(async () => {
  app = await startKillableApp({
    ACS_TIMEOUT_SECONDS: '1',
    SEQUENCE_RECHECK_SECONDS: '1',
    EMBEDDED_HOST_VISIBILITY_SECONDS: '1',
  });
});
afterAll(() => app.close());

const said = { text: 'Hi', locale: 'en-US' };
const { customer, agent } = callBack.example;

test('a call back is made once, although the host is killed while the phones ring and while they talk', async () => {
  const press = { onListening: { press: '1' } };
  await app.emulator.control.put(`parties/${encodeURIComponent(customer)}`, { onRing: 'ask', then: [press] });
  await app.emulator.control.put(`parties/${encodeURIComponent(agent)}`, { onRing: 'ask' });
  const input = { ...callBack.example, ringFor: 'PT2M', prompt: said, thanks: said, talkFor: 'PT2S' };
  const { body } = await app.api('POST', 'sequences', { name: 'callBack', input });
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
  expect(await ended(app, body.sequenceId)).toMatchObject({
    status: 'succeeded',
    result: { outcome: 'connected' },
  });
  await checkAcs(app.emulator);
});

/** The host is killed, and a person acts once it is back. */
async function killWhile(act: () => Promise<void>): Promise<void> {
  await app.kill();
  await app.start();
  await act();
}

/** Whose phone rings answers. */
async function pickUp(): Promise<void> {
  const { ringing } = await eventually(
    async () => (await app.emulator.control.get('ringing')) as { ringing: { ringingId: string }[] },
    (answer) => answer.ringing.length > 0,
  );
  await app.emulator.control.post(`ringing/${ringing[0]?.ringingId}/answer`, {});
}

/** The sequence once a step of it is there. */
async function reaches(sequenceId: string, step: string, status: string): Promise<Answer['body']> {
  const { body } = await eventually(
    () => app.api('GET', `sequences/${sequenceId}`),
    (answer) => outcomes(answer.body).includes(`${step} ${status}`),
  );
  return body;
}
