/** The building blocks of orchestrators, through HTTP: their contract, and the outcome of mistakes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { eventually, request } from '../../support/api.ts';
import { becomes, dialIn } from '../../support/incoming-calls.ts';
import { embeddedOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { withoutTimers } from '../../support/wire.ts';
import { atAcs, reaches } from './play.ts';
import { aCall, ended, frequentRechecks, outcomes, run } from './sequences.ts';

vi.mock('../../../shared/sequences/orchestrators/index.ts', () => import('./flows.ts'));

const test = embeddedOnly("puts orchestrators of its own in the place of the app's, in the process of the app");

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ...frequentRechecks, 'AzureWebJobs.isDisabled.Disabled': 'true' });
});
afterAll(() => board.close());

/** The orchestration of a sequence, as Durable Functions has it. */
async function instance(id: string, query = ''): Promise<{ runtimeStatus: string; output: unknown }> {
  const response = await request(`${board.url}/runtime/webhooks/durabletask/instances/${id}${query}`);
  return response.json() as Promise<{ runtimeStatus: string; output: unknown }>;
}

test.each([
  ['writesOut', 'steps[0].with.target: expected a reference such as $input.customer'],
  ['reusesAnId', 'step pause: its id was used before'],
  ['collects', 'step pin: an orchestrator has no collect'],
  ['misspells', 'step plya: no operation is named plya'],
  ['isUnbounded', 'steps[0].wait: expected an ISO 8601 duration'],
  ['waitsForUnknown', 'step unknown: RecognizeCompleted is not among the events'],
  ['throws', 'a bug'],
  ['changes', 'but the history has pause-'],
])('a mistake ends the sequence as failed and is reported: %s', async (name, message) => {
  const sequence = await run(board, { name });
  expect(sequence).toMatchObject({ status: 'failed', error: { code: 'orchestratorFailed' } });
  expect(sequence.error.message).toContain(message);
  expect(JSON.stringify(await instance(sequence.sequenceId, '?showHistory=true&showHistoryOutput=true'))).not.toContain(
    '4255550123',
  );
});

test.each([
  ['failsBare', 'outOfHours', ['record succeeded'], [false]],
  ['failsTidily', 'outOfHours', ['record succeeded', 'stop succeeded'], [true]],
  ['breaksTidily', 'orchestratorFailed', ['record succeeded', 'stop succeeded'], [true]],
  ['failsAtOnce', 'atOnce', ['stop skipped'], []],
])('a failure undoes nothing, a cleanup does: %s', async (name, code, steps, recordings) => {
  const callId = await aCall(board);
  const sequence = await run(board, { name, input: { callId } });
  expect(sequence).toMatchObject({ status: 'failed', error: { code } });
  expect(outcomes(sequence)).toEqual(steps);
  const call = await atAcs(board, callId);
  expect(call?.state).toBe('connected');
  expect(call?.recordings.map(({ hasEnded }) => hasEnded)).toEqual(recordings);
});

test('a wait consumes an event that arrived before, once', async () => {
  const sequence = await run(board, { name: 'listens', callId: await aCall(board) });
  expect(sequence).toMatchObject({
    status: 'succeeded',
    result: { play: 'succeeded', received: 'PlayCompleted', missed: 'timedOut' },
  });
  expect(outcomes(sequence)).toEqual(['play succeeded', 'received succeeded', 'missed timedOut']);
});

test('a rule starts an orchestrator, which answers the call', async () => {
  const action = { kind: 'sequence', name: 'answers' };
  await board.api('PUT', 'routing-rules/own', { priority: 1, action });
  const { incomingCallId } = await dialIn(board, { to: '+14255550100' });
  await becomes(board, incomingCallId, 'answered');
  const { items } = (await board.api('GET', `sequences?callId=${incomingCallId}`)).body;
  expect(outcomes(await ended(board, items[0].sequenceId))).toEqual(['answer succeeded', 'hangUp succeeded']);
});

test('a cleanup runs in a canceled sequence, once', async () => {
  const callId = await aCall(board);
  const { body } = await board.api('POST', 'sequences', { name: 'waits', input: { callId } });
  await reaches(board, body.sequenceId, 'pause');
  await board.api('POST', `sequences/${body.sequenceId}/cancel`);
  const sequence = await ended(board, body.sequenceId);
  expect(sequence).toMatchObject({ status: 'canceled', callId });
  expect(outcomes(sequence)).toEqual(['pause canceled', 'hangUp succeeded']);
});

test('code that runs steps after a cancel is stopped again', async () => {
  const { body } = await board.api('POST', 'sequences', { name: 'goesOn' });
  await reaches(board, body.sequenceId, 'pause');
  await board.api('POST', `sequences/${body.sequenceId}/cancel`);
  const sequence = await ended(board, body.sequenceId);
  expect(outcomes(sequence)).toEqual(['pause canceled']);
  expect(sequence.status).toBe('canceled');
});

test('the shown input must not name a participant', async () => {
  const { status, body } = await board.api('POST', 'sequences', { name: 'tests', input: { note: '+14255550123' } });
  expect({ status, errors: body.errors }).toMatchObject({ status: 422, errors: [{ path: 'input.note' }] });
});

test('validation errors of an input have its JSON path', async () => {
  const { status, body } = await board.api('POST', 'sequences', { name: 'tests', input: { callId: 1 }, finally: [] });
  expect({ status, paths: body.errors?.map(({ path }: { path: string }) => path) }).toEqual({
    status: 422,
    paths: ['finally', 'input.callId'],
  });
});

test('an activity that fails for a storage outage is retried', async () => {
  // The storage SDK tries a write three times before it fails.
  let refusals = 3;
  board.storage.onPass = ({ path, method }, moment) => {
    if (refusals > 0 && moment === 'request' && method === 'PUT' && path.includes("RowKey='state'")) {
      refusals -= 1;
      throw new Error('unavailable');
    }
  };
  expect(await run(board, { name: 'tests' })).toMatchObject({ status: 'succeeded', result: { isThere: true } });
  expect(refusals).toBe(0);
});

test('a sequence whose orchestration another request started is not started again', async () => {
  const id = randomUUID();
  await startBare('sleeps', id);
  const { status } = await board.api('POST', 'sequences', { name: 'sleeps' }, { 'idempotency-key': id });
  expect(status).toBe(202);
  expect(await ended(board, id)).toMatchObject({ status: 'succeeded', result: { slept: true } });
});

test('a sequence whose orchestrator is disabled is not accepted', async () => {
  expect((await board.api('POST', 'sequences', { name: 'isDisabled' })).status).toBe(500);
});

test.each(['goesOn', 'tests'])('an orchestration without a sequence does nothing: %s', async (name) => {
  const id = randomUUID();
  await startBare(name, id);
  await eventually(
    () => instance(id),
    ({ runtimeStatus, output }) => runtimeStatus === 'Completed' && output === 'unknown',
  );
});

/** Starts an orchestration that has no sequence. */
async function startBare(name: string, id: string): Promise<void> {
  await request(`${board.url}/runtime/webhooks/durabletask/orchestrators/${name}/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sequenceId: id, shown: {} }),
  });
}
