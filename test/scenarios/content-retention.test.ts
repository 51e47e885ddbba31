/** Digits, speech, prompts and recordings of old calls go before the calls: these read as before, and younger ones keep all. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { openCalls } from '../../shared/storage/calls.ts';
import { openSequences } from '../../shared/storage/sequences.ts';
import { eventually } from '../support/api.ts';
import { everythingStored } from '../support/everything-stored.ts';
import { participantIdIn } from '../support/people.ts';
import { quiet } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { party, withoutTimers } from '../support/wire.ts';
import { archived, becomes, runTimer } from './recordings.ts';
import { ended, frequentRechecks } from './sequences/sequences.ts';

const test = ownHostOnly('dates calls of its own back by days, and searches everything that the app has stored');

const id = randomUUID().replaceAll('-', '').slice(0, 16);
const [prefix, hubName] = [`t${id}`, `h${id}`];
const storage = { connectionString: inject('storage') };
const index = openCallIndex(storage, prefix);
const calls = openCalls(storage, prefix);
const sequences = openSequences(storage, prefix);
const log: string[] = [];
let board: Switchboard;

beforeAll(async () => {
  const settings = {
    ...withoutTimers,
    ...frequentRechecks,
    TABLE_PREFIX: prefix,
    AzureFunctionsJobHost__extensions__durableTask__hubName: hubName,
    CONTENT_DAYS: '2',
    RECORDING_DAYS: '3',
    DEAD_LETTER_DAYS: '4',
    'AzureWebJobs.housekeeping.Disabled': 'false',
    'AzureWebJobs.reconciliation.Disabled': 'false',
  };
  board = await startSwitchboard(settings, {}, (line) => log.push(line));
});
afterAll(() => board.close());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const toneNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const spelled = (text: string) => [...text].map((digit) => toneNames[Number(digit)]);

/** What is planted in one call: texts and digits that occur nowhere by chance. */
interface Planted {
  readonly person: string;
  readonly words: Readonly<Record<'prompt' | 'spoken' | 'choice', string>>;
  readonly digits: Readonly<Record<'pressed' | 'sent' | 'collected' | 'dialed', string>>;
  /** Pressed while the app listens, and stored one by one. */
  readonly continuous: string;
}

const old: Planted = {
  person: '+14258163594',
  words: { prompt: 'Marzipan forecast', spoken: 'quixotic bassoon', choice: 'gossamer' },
  digits: {
    pressed: '73918264550917',
    sent: '64208597318025',
    collected: '28407591663820',
    dialed: '50716283947716',
  },
  continuous: '91735082644673',
};
const young: Planted = {
  person: '+14255550188',
  words: { prompt: 'Plumbago weather', spoken: 'xylograph zither', choice: 'tarragon' },
  digits: {
    pressed: '84029375661028',
    sent: '75319608429136',
    collected: '39518602774931',
    dialed: '61827394058827',
  },
  continuous: '02846193755784',
};

/** What of it is found in everything that is stored, digits also where tones are spelled, and where one is stored alone. */
async function found({ words, digits }: Planted, callId: string): Promise<readonly string[]> {
  const stored = await everythingStored([prefix, hubName]);
  const isThere = (pattern: RegExp) => stored.some(({ text }) => pattern.test(text));
  const tone = new RegExp(`"tone":"(?:${toneNames.join('|')})"`);
  return [
    ...Object.entries(words).filter(([, text]) => isThere(new RegExp(text))),
    ...Object.entries(digits).filter(
      ([, text]) => isThere(new RegExp(text)) || isThere(new RegExp(spelled(text).slice(0, 4).join('\\W+'), 'i')),
    ),
    ...stored
      .filter(({ where, text }) => where.includes(callId) && tone.test(text))
      .slice(0, 1)
      .map(() => ['continuous']),
  ].map(([name]) => String(name));
}

/** The rows of single digits, in their order by call. */
async function digitRows(callId: string): Promise<number> {
  const table = TableClient.fromConnectionString(inject('storage'), `${prefix}calls`, {
    allowInsecureConnection: true,
  });
  let count = 0;
  for await (const { rowKey } of table.listEntities({ queryOptions: { filter: `PartitionKey eq '${callId}'` } })) {
    count += String(rowKey).startsWith('digit:') ? 1 : 0;
  }
  return count;
}

const wait = { prefer: 'wait=20' };

/** A call that is over, in which everything was pressed, said, played and recorded that can be. */
async function aFullCall({ person, words, digits, continuous }: Planted) {
  await party(board, person, {
    onRing: 'answer',
    afterMs: 0,
    then: [
      { onListening: { press: digits.pressed } },
      { onListening: { say: words.spoken } },
      { onListening: { press: digits.collected } },
    ],
  });
  const { body: made } = await board.api(
    'POST',
    'calls',
    { targets: [person], callerId: '+14255550100', sendDigits: digits.dialed, metadata: { ticket: '7' } },
    wait,
  );
  const callId = made.callId as string;
  await ended(board, (await board.api('GET', `operations/${made.operationId}`)).body.digitsSequenceId);
  const call = `calls/${callId}`;
  const prompt = { text: words.prompt, locale: 'en-US' };
  const { body: recording } = await board.api('POST', `${call}/recordings`, { format: 'wav' });
  const listen = { participant: person, input: 'dtmf', maxTones: digits.pressed.length, prompt };
  const pressed = await board.api('POST', `${call}/media/recognize`, listen, wait);
  expect(pressed.body.result).toMatchObject({ tones: spelled(digits.pressed) });
  const choices = [{ label: words.choice, phrases: [words.spoken] }];
  const spoken = await board.api(
    'POST',
    `${call}/media/recognize`,
    { participant: person, input: 'choices', locale: 'en-US', choices },
    wait,
  );
  expect(spoken.body.result).toMatchObject({ choice: { label: words.choice } });
  await board.api('POST', `${call}/media/play`, { sources: [prompt] }, wait);
  await board.api('POST', `${call}/media/send-dtmf`, { tones: spelled(digits.sent), to: person }, wait);
  const participant = await participantIdIn(board.api, call, person);
  const input = { callId, participant, prompt, maxTones: digits.collected.length };
  const { body: sequence } = await board.api('POST', 'sequences', { name: 'collectDigits', input });
  await ended(board, sequence.sequenceId);
  await board.api('POST', `${call}/media/continuous-dtmf/start`, { participant: person });
  const { callConnectionId } = (await board.api('GET', call)).body;
  const keypad = `calls/${callConnectionId}/participants/${encodeURIComponent(`4:${person}`)}/press`;
  await board.emulator.control.post(keypad, { tones: continuous });
  await eventually(
    () => digitRows(callId),
    (count) => count >= continuous.length,
  );
  const recordingId = recording.result.recordingId as string;
  await board.api('POST', `recordings/${recordingId}/stop`);
  await becomes(board, recordingId, 'archived');
  await board.api('POST', `${call}/hang-up`, { forEveryone: true }, wait);
  await eventually(
    () => board.api('GET', call),
    ({ body }) => body.status === 'disconnected',
  );
  return {
    callId,
    recordingId,
    pressed: pressed.body.operationId as string,
    sequenceId: sequence.sequenceId as string,
  };
}

/** Has a call, and its sequences, be over since some days. */
async function endedDaysAgo(callId: string, days: number): Promise<void> {
  const stored = await calls.readCall(callId);
  const record = { ...stored?.record, endedAt: daysAgo(days) } as NonNullable<typeof stored>['record'];
  expect(await calls.write({ call: { record, etag: String(stored?.etag) } })).toBe('written');
  await index.close(record, []);
  for (const { sequenceId, createdAt, callId: of } of await sequences.listOver(100)) {
    if (of === callId) {
      await sequences.list({ sequenceId, createdAt, callId });
      await sequences.close({ sequenceId, createdAt, callId, overSince: daysAgo(days) });
    }
  }
}

async function allPutAway(): Promise<void> {
  await eventually(
    async () => {
      await runTimer(board, 'housekeeping');
      await quiet(board.storage);
      return index.listOpen(100, undefined);
    },
    ({ items }) => items.length === 0,
  );
}

const all = [...Object.keys(old.words), ...Object.keys(old.digits), 'continuous'];

test('after their time digits, words and recordings of a call are gone and the call is not, and a younger one has all', async () => {
  const [first, second] = [await aFullCall(old), await aFullCall(young)];
  await allPutAway();
  await endedDaysAgo(first.callId, 3.1);
  await endedDaysAgo(second.callId, 1.9);
  const paths = ({ callId }: typeof first) => [`calls/${callId}`, `calls/${callId}/timeline`];
  const reads = async (one: typeof first) =>
    (await Promise.all(paths(one).map((path) => board.api('GET', path)))).map(({ status, body }) => ({ status, body }));
  const before = [await reads(first), await reads(second)];
  expect(before[0]?.[0]?.body.roster).toMatchObject([{ participant: old.person, status: 'left' }]);
  expect([await found(old, first.callId), await found(young, second.callId)]).toEqual([all, all]);

  await runTimer(board, 'reconciliation');
  await eventually(
    () => found(old, first.callId),
    (left) => left.length === 0,
  );
  await eventually(
    () => archived(prefix, first.recordingId),
    (files) => files.length === 0,
  );
  await quiet(board.storage);

  expect([await reads(first), await reads(second)]).toEqual(before);
  expect((await board.api('GET', `operations/${first.pressed}`)).body).toMatchObject({
    status: 'succeeded',
    input: { participant: old.person, maxTones: 14, prompt: { text: { masked: true }, locale: 'en-US' } },
    result: { recognitionType: 'dtmf', masked: true },
  });
  const { body: recorded } = await board.api('GET', `operations?callId=${first.callId}&name=startRecording`);
  expect(recorded.items).toMatchObject([{ result: { recordingId: first.recordingId } }]);
  const query = `participantId=${await participantIdIn(board.api, `calls/${first.callId}`, old.person)}`;
  const continuous = await board.api('GET', `calls/${first.callId}/media/continuous-dtmf?${query}`);
  expect(continuous).toMatchObject({ status: 200, body: { digits: [], masked: true } });
  expect((await board.api('GET', `recordings/${first.recordingId}`)).status).toBe(410);
  expect((await board.api('GET', `sequences/${first.sequenceId}`)).status).toBe(404);
  expect((await board.api('GET', `calls/${first.callId}/export`)).status).toBe(200);

  expect(await found(young, second.callId)).toEqual(all);
  expect((await archived(prefix, second.recordingId)).length).toBeGreaterThan(0);
  expect((await board.api('GET', `recordings/${second.recordingId}`)).status).toBe(200);
  expect((await board.api('GET', `sequences/${second.sequenceId}`)).status).toBe(200);
  for (const counted of [/"contents":1/, /"recordings":1/]) {
    await expect.poll(() => log.some((line) => counted.test(line))).toBe(true);
  }
});
