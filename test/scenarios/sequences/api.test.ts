/** Sequences over HTTP: how they are started, listed, read and canceled. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { eventually } from '../../support/api.ts';
import { problemIn } from '../../support/problem.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { lastEntry, timesDone, withoutTimers } from '../../support/wire.ts';
import { aCall, callerId, ended, frequentRechecks, outcomes, run } from './sequences.ts';

const test = ownHostOnly('cuts the connections between the app and storage, by a proxy between the two');

let board: Switchboard;
let receiver: WebhookReceiver;
const wait = (duration: string) => ({ steps: [{ wait: duration }] });

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  board = await startSwitchboard({ ...withoutTimers, ...frequentRechecks, NOTIFY_CACHE_SECONDS: '0' });
});
afterAll(() => Promise.all([board.close(), receiver.close()]));

test('a sequence is accepted with its location, and read step by step until it has ended', async () => {
  const callId = await aCall(board);
  const steps = [
    { do: 'hold', with: { participant: '+14255550123' } },
    { do: 'unhold', with: { participant: '+14255550123' } },
    { result: { call: '$callId' } },
  ];
  const started = await board.api('POST', 'sequences', { callId, steps });
  expect(started).toMatchObject({ status: 202, body: { status: 'running', callId } });
  expect(started.headers.get('location')).toMatch(new RegExp(`/api/sequences/${started.body.sequenceId}$`));
  const sequence = await ended(board, started.body.sequenceId);
  expect(sequence).toMatchObject({ status: 'succeeded', callId, result: { call: callId } });
  expect(outcomes(sequence)).toEqual(['hold succeeded', 'unhold succeeded']);
  const { body: operation } = await board.api('GET', `operations/${sequence.steps[0].operationId}`);
  expect(operation).toMatchObject({ name: 'hold', callId, status: 'succeeded' });
});

test('the same key starts one sequence; another request under it is refused', async () => {
  const since = await lastEntry(board);
  const key = { 'idempotency-key': randomUUID() };
  const request = { steps: [{ do: 'createCall', with: { targets: ['+14255550124'], callerId } }, { do: 'hangUp' }] };
  const answers = await Promise.all([1, 2, 3].map(() => board.api('POST', 'sequences', request, key)));
  expect(new Set(answers.map(({ body }) => body.sequenceId))).toEqual(new Set([key['idempotency-key']]));
  await ended(board, key['idempotency-key']);
  const again = await board.api('POST', 'sequences', request, key);
  expect(again).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(await timesDone(board, 'createCall', since)).toBe(1);
  expect(problemIn(await board.api('POST', 'sequences', wait('PT1S'), key)).problem).toBe('422 idempotencyKeyReused');
});

test('every validation error of a request is reported at once, headers included', async () => {
  const request = { steps: [{ do: 'fly' }, { wait: 'soon' }] };
  const { body } = await board.api('POST', 'sequences', request, { 'idempotency-key': 'mine' });
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'Idempotency-Key',
    'steps[1].wait',
    'steps[0].do',
  ]);
});

test('a step whose events may not go to its URL is refused before the sequence starts', async () => {
  const { problem, fields } = problemIn(
    await board.api('POST', 'sequences', {
      callId: await aCall(board),
      steps: [{ wait: 'soon' }, { do: 'hangUp', with: { forEveryone: true, notifyUrl: 'https://10.0.0.1/events' } }],
    }),
  );
  expect({ problem, fields }).toEqual({
    problem: '422 invalidInput',
    fields: ['steps[0].wait', 'steps[1].with.notifyUrl'],
  });
});

test('an unknown call, and one that has ended, take no sequence', async () => {
  expect(problemIn(await board.api('POST', 'sequences', { ...wait('PT1S'), callId: randomUUID() })).problem).toBe(
    '404 callNotFound',
  );
  const callId = await aCall(board);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  expect(problemIn(await board.api('POST', 'sequences', { ...wait('PT1S'), callId })).problem).toBe('410 callEnded');
});

test('a running sequence is canceled; an ended one is not, and an unknown one is not found', async () => {
  const { body } = await board.api('POST', 'sequences', wait('PT1H'));
  expect(await board.api('POST', `sequences/${body.sequenceId}/cancel`)).toMatchObject({ status: 202 });
  expect(await ended(board, body.sequenceId)).toMatchObject({ status: 'canceled' });
  expect(problemIn(await board.api('POST', `sequences/${body.sequenceId}/cancel`)).problem).toBe('409 sequenceEnded');
  expect(problemIn(await board.api('POST', `sequences/${randomUUID()}/cancel`)).problem).toBe('404 sequenceNotFound');
  expect(problemIn(await board.api('GET', `sequences/${randomUUID()}`)).problem).toBe('404 sequenceNotFound');
});

test('sequences are listed by status and call, newest first', async () => {
  const callId = await aCall(board);
  const first = await run(board, { ...wait('PT0S'), callId });
  const second = await run(board, { ...wait('PT0S'), callId });
  const ids = async (query: string) =>
    (await board.api('GET', `sequences?${query}`)).body.items.map(
      ({ sequenceId }: { sequenceId: string }) => sequenceId,
    );
  expect(await ids(`callId=${callId}`)).toEqual([second.sequenceId, first.sequenceId]);
  expect(await ids(`callId=${callId}&status=running`)).toEqual([]);
  expect(await ids(`callId=${callId}&status=succeeded&limit=1`)).toEqual([second.sequenceId]);
});

test('the built-ins are listed with their input schemas', async () => {
  const { body } = await board.api('GET', 'sequences/built-in');
  const add = body.items.find(({ name }: { name: string }) => name === 'addThenCancel');
  expect(add).toMatchObject({ summary: expect.any(String), inputSchema: { properties: { target: {} } } });
});

test('a refusal of ACS or of Switchboard fails the step, with its code', async () => {
  const callId = await aCall(board);
  const missing = await run(board, { callId, steps: [{ do: 'stopRecording', with: { recordingId: randomUUID() } }] });
  expect(missing).toMatchObject({ status: 'failed', error: { code: 'recordingNotFound' } });
  const late = await run(board, {
    callId,
    input: { to: 'nobody' },
    steps: [
      { id: 'first', do: 'hold', with: { participant: '+14255550123' } },
      { do: 'play', with: { sources: [{ text: '$steps.first.operationId', locale: 'x' }] } },
    ],
  });
  expect(late).toMatchObject({ status: 'failed', error: { code: 'invalidInput' } });
});

test('a value that a step gets later is held to the characters of requests, and ACS is not asked', async () => {
  const callId = await aCall(board);
  const failed = await run(board, {
    callId,
    input: { name: 'Ada\nLovelace' },
    steps: [{ do: 'play', with: { sources: [{ text: 'Hello', voice: '$input.name' }] } }],
  });
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'invalidInput' } });
  expect(failed.error.message).toContain('sources[0].voice');
});

test('an event of the call ends a wait, whatever else happens', async () => {
  const callId = await aCall(board);
  const { body } = await board.api('POST', 'sequences', {
    callId,
    steps: [
      { waitFor: { events: ['PlayCompleted'], timeout: 'PT20S' } },
      { result: { event: '$steps.waitFor.event.event' } },
    ],
  });
  await board.api(
    'POST',
    `calls/${callId}/media/play`,
    { sources: [{ text: 'Hi', locale: 'en-US' }] },
    { prefer: 'wait=20' },
  );
  expect(await ended(board, body.sequenceId)).toMatchObject({
    status: 'succeeded',
    result: { event: 'PlayCompleted' },
  });
});

test('webhooks are notified of the end', async () => {
  await board.api('PUT', 'webhooks/desk', {
    url: `${receiver.url}/ended`,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    eventTypes: ['SequenceEnded'],
  });
  const { sequenceId } = await run(board, { steps: [{ result: { all: 'well' } }, { wait: 'PT0S' }] });
  const [message] = await receiver.wait('/ended', (messages) => messages.length > 0);
  expect(message?.event).toMatchObject({
    type: 'Switchboard.SequenceEnded',
    source: `/sequences/${sequenceId}`,
    data: { sequenceId, status: 'succeeded', result: { all: 'well' } },
  });
  await board.api('DELETE', 'webhooks/desk');
});

test('masked digits are in the result of the sequence and nowhere else', async () => {
  await board.api('PUT', 'webhooks/all', {
    url: `${receiver.url}/all`,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    eventTypes: [],
  });
  const caller = '+14255550177';
  await board.emulator.control.put(`parties/${encodeURIComponent(caller)}`, {
    onRing: 'answer',
    afterMs: 0,
    then: [{ onListening: { press: '8265#' } }],
  });
  const callId = await aCall(board, caller);
  const input = {
    callId,
    participant: caller,
    prompt: { text: 'Hi', locale: 'en-US' },
    maxTones: 8,
    stopTones: ['pound'],
    masked: true,
  };
  const sequence = await run(board, { name: 'collectDigits', input });
  const digits = ['eight', 'two', 'six', 'five'];
  expect(sequence.result).toEqual({ outcome: 'collected', digits });
  const ask = sequence.steps.find(({ do: what }: { do: string }) => what === 'recognize');
  const { body: operation } = await board.api('GET', `operations/${ask.operationId}`);
  expect(operation).toMatchObject({ status: 'succeeded', result: { masked: true } });
  const { body: timeline } = await board.api('GET', `calls/${callId}/timeline`);
  const messages = await receiver.wait('/all', (all) => all.some(({ event }) => event.type.endsWith('SequenceEnded')));
  const { steps } = sequence;
  for (const seen of [timeline, steps, operation, messages.map(({ event }) => event)]) {
    expect(JSON.stringify(seen)).not.toMatch(/"(?:eight|six|five)"/);
  }
  await board.api('DELETE', 'webhooks/all');
});

test('a body that is too large is refused with its size', async () => {
  const steps = [{ do: 'play', with: { sources: [{ text: 'x'.repeat(70_000), locale: 'en-US' }] } }];
  const { body } = await board.api('POST', 'sequences', { callId: await aCall(board), steps });
  expect(body.errors.map(({ message }: { message: string }) => message)).toContainEqual(
    expect.stringMatching(/^at most 65536 bytes/),
  );
});

test('a sequence whose rows are unreachable advances once they can be reached', async () => {
  const { body } = await board.api('POST', 'sequences', wait('PT1S'));
  let refused = 0;
  board.storage.onPass = ({ path }) => {
    if (path.includes('sequences(')) {
      refused += 1;
      throw new Error('the table is unreachable');
    }
  };
  // The storage SDK tries three times before the attempt has failed.
  await eventually(
    async () => refused,
    (count) => count >= 3,
  );
  board.storage.onPass = () => {};
  expect(await ended(board, body.sequenceId)).toMatchObject({ status: 'succeeded' });
});
