/** A call that was connected for a while, whose CallConnected was lost: createCall has succeeded, however the call ends. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { eventually } from '../support/api.ts';
import { callerId } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { fault, party, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('starts the app without timers');

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());
beforeEach(() => board.emulator.control.delete('faults'));

let people = 0;

/** A connected call of which the app got none of these events; the ids of its operation and of ACS's connection. */
async function connectedUnseen(lost: readonly string[]) {
  people += 1;
  const target = `+1425556${String(people).padStart(4, '0')}`;
  for (const kind of lost) {
    await fault(board, kind, { dropEvent: true }, 20);
  }
  const { body } = await board.api('POST', 'calls', { targets: [target], callerId });
  const { callConnectionId } = body.result;
  await eventually(
    async () => (await board.emulator.control.get(`calls/${callConnectionId}`)) as { state: string },
    ({ state }) => state === 'connected',
  );
  const leave = () =>
    board.emulator.control.post(`calls/${callConnectionId}/participants/${encodeURIComponent(target)}/hang-up`);
  return { callId: body.callId, operationId: body.operationId, leave };
}

async function settled(operationId: string) {
  const { body } = await eventually(
    () => board.api('GET', `operations/${operationId}`),
    (answer) => !['accepted', 'sent'].includes(answer.body.status),
  );
  return body;
}

const hangUp = (callId: string) => board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });

test.each([
  ['the list of participants', ['CallConnected'], 'callee'],
  ['the code of its end', ['CallConnected', 'ParticipantsUpdated'], 'callee'],
  ['the list of participants', ['CallConnected'], 'app'],
  ['the read before the hang-up', ['CallConnected', 'ParticipantsUpdated'], 'app'],
] as const)('by %s (%o lost), when the %s hangs up', async (_, lost, by) => {
  const { callId, operationId, leave } = await connectedUnseen(lost);
  await (by === 'app' ? hangUp(callId) : leave());
  expect(await settled(operationId)).toMatchObject({ status: 'succeeded' });
  expect((await board.api('GET', `calls/${callId}`)).body).toMatchObject({ status: 'disconnected' });
});

test('a call that is hung up while it rings has not been connected: its createCall fails', async () => {
  await party(board, '+14255560999', { onRing: 'noAnswer' });
  const { body } = await board.api('POST', 'calls', { targets: ['+14255560999'], callerId });
  await hangUp(body.callId);
  expect(await settled(body.operationId)).toMatchObject({ status: 'failed' });
});

test('a call that the app ends while ACS answers no read of it has an unknown outcome, not a failure', async () => {
  const { callId, operationId } = await connectedUnseen(['CallConnected', 'ParticipantsUpdated']);
  // Reads are GETs; the hang-up is not.
  board.acs.onPass = ({ method }) => (method === 'GET' ? Promise.reject(new Error('no answer')) : undefined);
  await hangUp(callId);
  board.acs.onPass = () => {};
  expect(await settled(operationId)).toMatchObject({ status: 'indeterminate', error: { code: 'outcomeUnknown' } });
  expect((await board.api('GET', `calls/${callId}`)).body).toMatchObject({ status: 'disconnected', reason: 'hungUp' });
});
