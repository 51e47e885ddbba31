/** A person is erased: afterwards nothing that is stored names them or anything of their calls, and others keep theirs. */
import { randomUUID } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { openCalls } from '../../shared/storage/calls.ts';
import { anIntent } from '../shared/ledger/a-ledger.ts';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall } from '../support/calls.ts';
import { loggedWith, shortLog } from '../support/event-log.ts';
import { everythingStored } from '../support/everything-stored.ts';
import { dialIn, becomes as incomingBecomes } from '../support/incoming-calls.ts';
import { participantIdIn } from '../support/people.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type SubscribedBoard, startSubscribedBoard, subscribe } from './receivers.ts';
import { archived, becomes, runTimer } from './recordings.ts';
import { ended, frequentRechecks } from './sequences/sequences.ts';

const test = ownHostOnly('searches everything that the app has stored');

const person = '+14258163594';
const other = '+14255550188';
/** Texts that occur nowhere by chance. */
const words = {
  name: 'Zephyrine',
  context: 'plumbago-order',
  metadata: 'xylograph',
  prompt: 'Marzipan forecast',
  spoken: 'quixotic bassoon',
  header: 'gossamer-header',
} as const;
const digits = { open: '73918264550917', continuous: '91735082644673', collected: '64208597318025' };
const toneNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const spelled = (text: string) => [...text].map((digit) => toneNames[Number(digit)]);

/** What is planted and found in a text, encoded or not. */
function plantedIn(text: string): readonly string[] {
  return [
    ...[person.slice(1), ...Object.values(words), ...Object.values(digits)].filter((one) => text.includes(one)),
    ...Object.values(digits).filter((one) => new RegExp(spelled(one).slice(0, 4).join('\\W+'), 'i').test(text)),
  ];
}

const id = randomUUID().replaceAll('-', '').slice(0, 16);
const [tablePrefix, hubName] = [`t${id}`, `h${id}`];

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard({
    ...frequentRechecks,
    TABLE_PREFIX: tablePrefix,
    AzureFunctionsJobHost__extensions__durableTask__hubName: hubName,
    ...shortLog,
    ERASURE_SETTLE_SECONDS: '2',
    'AzureWebJobs.housekeeping.Disabled': 'false',
    'AzureWebJobs.erasure.Disabled': 'false',
  });
  await subscribe(board, 'failing', []);
  board.receiver.answer = ({ path, body }) =>
    path === '/failing' ? [500, {}, body.includes(person) ? `no ${person}` : 'no'] : 204;
});
afterAll(() => board.close());

const stored = () => everythingStored([tablePrefix, hubName]);
const finds = async () =>
  (await stored()).flatMap(({ where, text }) => {
    const planted = plantedIn(text);
    return planted.length > 0 ? [{ where, planted }] : [];
  });

/** Runs the timer until the erasure is over; its receipt. */
async function finished(erasureId: string) {
  const { body } = await eventually(
    async () => {
      await runTimer(board, 'erasure');
      return board.api('GET', `erasures/${erasureId}`);
    },
    (answer) => answer.body.completedAt !== undefined,
  );
  return body;
}

async function hungUp(callId: string): Promise<void> {
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  await eventually(
    () => board.api('GET', `calls/${callId}`),
    ({ body }) => body.status === 'disconnected',
  );
}

/** An ended call of the person that has everything that a call can have; its id. */
async function aFullCall(): Promise<string> {
  await board.emulator.control.put(`parties/${encodeURIComponent(person)}`, {
    onRing: 'answer',
    afterMs: 0,
    then: [
      { onListening: { press: digits.open } },
      { onListening: { say: words.spoken } },
      { onListening: { press: digits.collected } },
    ],
  });
  const callId = await connectedCall(board.api, [person], {
    context: words.context,
    metadata: { ticket: words.metadata },
    customContext: [{ kind: 'sipx', key: 'Tier', value: words.header }],
  });
  const call = `calls/${callId}`;
  const prompt = { text: words.prompt, locale: 'en-US' };
  const wait = { prefer: 'wait=20' };
  const { body: recording } = await board.api('POST', `${call}/recordings`, { format: 'wav' });
  const listen = { participant: person, input: 'dtmf', maxTones: digits.open.length, prompt };
  const pressed = await board.api('POST', `${call}/media/recognize`, listen, wait);
  expect(pressed.body.result).toMatchObject({ tones: spelled(digits.open) });
  const speech = { participant: person, input: 'speech', locale: 'en-US', endSilenceTimeoutMilliseconds: 200 };
  expect((await board.api('POST', `${call}/media/recognize`, speech, wait)).body.status).toBe('succeeded');
  const participant = await participantIdIn(board.api, call, person);
  const sequence = { name: 'collectDigits', input: { callId, participant, prompt, maxTones: digits.collected.length } };
  const { body } = await board.api('POST', 'sequences', sequence);
  await ended(board, body.sequenceId);
  await board.api('POST', `recordings/${recording.result.recordingId}/stop`);
  await becomes(board, recording.result.recordingId, 'archived');
  expect(await archived(tablePrefix, recording.result.recordingId)).not.toEqual([]);
  await hungUp(callId);
  return callId;
}

/** A call that the person makes, taken by a rule that names them. */
async function aRoutedCall(): Promise<string> {
  const rule = { priority: 1, match: { from: person }, action: { kind: 'answer' } };
  await board.api('PUT', 'routing-rules/person', rule);
  await board.api('PUT', 'routing-rules/other', { ...rule, priority: 2, match: { from: other } });
  const incoming = { from: person, to: callerId, displayName: words.name };
  const { incomingCallId } = await dialIn(board, incoming);
  await incomingBecomes(board, incomingCallId, 'answered');
  await hungUp(incomingCallId);
  return incomingCallId;
}

/** What a crash and failed deliveries leave: an intent alone, poison messages, undelivered events. */
async function leaveRemains(): Promise<void> {
  const calls = openCalls({ connectionString: inject('storage') }, tablePrefix);
  await calls.claim(anIntent({ callId: randomUUID(), name: 'addParticipant', input: { target: person } }));
  const poison = QueueServiceClient.fromConnectionString(inject('storage')).getQueueClient(
    `${tablePrefix}incoming-calls-poison`,
  );
  await poison.createIfNotExists();
  for (const rawId of [`4:${person}`, `4:${other}`]) {
    await poison.sendMessage(Buffer.from(JSON.stringify({ data: { from: { rawId } } })).toString('base64'));
  }
  const blobs = BlobServiceClient.fromConnectionString(inject('storage')).getContainerClient('dead-letters');
  await blobs.createIfNotExists();
  for (const number of [person, other]) {
    const text = JSON.stringify([{ data: { from: { rawId: `4:${number}` } } }]);
    await blobs.getBlockBlobClient(`${id}/${number.slice(1)}.json`).upload(text, text.length);
  }
}

test('after an erasure nothing that is stored names the person or what belongs to their calls, and others keep theirs', async () => {
  const [full, routed] = [await aFullCall(), await aRoutedCall()];
  const kept = await connectedCall(board.api, [other]);
  await leaveRemains();
  await hungUp(kept);
  await loggedWith(board, routed, 'CallDisconnected');
  await eventually(
    () => board.api('GET', 'webhooks/failing/deliveries?status=failed&limit=100'),
    ({ body }) => body.items.some(({ callId }: { callId: string }) => callId === kept),
  );
  await runTimer(board, 'housekeeping');
  const before = (await finds()).flatMap(({ planted }) => planted);
  expect([...new Set(before)].sort()).toEqual(
    [person.slice(1), ...Object.values(words), digits.open, digits.collected].sort(),
  );

  const key = { 'idempotency-key': randomUUID() };
  const asked = await board.api('POST', 'erasures', { participant: person }, key);
  expect(asked).toMatchObject({ status: 202, body: { status: 'running', requestedBy: { kind: 'api' } } });
  expect(asked.headers.get('location')).toBe(`${board.url}/api/erasures/${asked.body.erasureId}`);
  const again = await board.api('POST', 'erasures', { participant: `4:${person}` }, key);
  expect([again.body.erasureId, again.headers.get('idempotent-replayed')]).toEqual([asked.body.erasureId, 'true']);
  const differing = await board.api('POST', 'erasures', { participant: other }, key);
  expect(differing).toMatchObject({ status: 422, body: { code: 'idempotencyKeyReused' } });

  const receipt = await finished(asked.body.erasureId);
  expect(receipt).toMatchObject({
    status: 'completed',
    removed: {
      calls: 2,
      recordings: 1,
      operations: 1,
      sequences: 1,
      routingRules: 1,
      queueMessages: 1,
      deadLetters: 1,
    },
    kept: [],
  });
  expect(receipt.removed.events).toBeGreaterThan(5);
  expect(receipt.removed.deliveries).toBeGreaterThan(5);
  await eventually(finds, (found) => found.length === 0);

  for (const path of [`calls/${full}`, `incoming-calls/${routed}`, `operations/${full}`, 'routing-rules/person']) {
    expect((await board.api('GET', path)).status, path).toBe(404);
  }
  expect((await board.api('GET', `calls/${kept}/timeline`)).body.items.length).toBeGreaterThan(3);
  expect((await board.api('GET', 'routing-rules/other')).status).toBe(200);
  expect((await board.api('POST', 'calls/search', { participant: person })).body.items).toEqual([]);
  expect((await board.api('GET', 'erasures')).body.items).toEqual([receipt]);
  const others = (await stored()).filter(({ text }) => text.includes(other.slice(1))).map(({ where }) => where);
  for (const part of ['incoming-calls-poison', 'dead-letters', 'eventLog', 'webhookDeliveries', 'calls']) {
    expect(
      others.some((where) => where.includes(part)),
      part,
    ).toBe(true);
  }
  expect(board.log.flatMap(plantedIn)).toEqual([]);
});
