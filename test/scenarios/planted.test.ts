/** Planted numbers, names, digits and words; long because one scenario plants everything for every place that is searched. */
import { randomUUID } from 'node:crypto';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { type Answer, eventually, request } from '../support/api.ts';
import { type Collector, exportingTo, startCollector } from '../support/collector.ts';
import { loggedWith, shortLog } from '../support/event-log.ts';
import { readStream } from '../support/event-stream.ts';
import { becomes, dialIn } from '../support/incoming-calls.ts';
import { participantIdIn } from '../support/people.ts';
import type { Passed } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { fault, withoutTimers } from '../support/wire.ts';
import { type SubscribedBoard, startSubscribedBoard, subscribe } from './receivers.ts';
import { ended, frequentRechecks } from './sequences/sequences.ts';

const test = ownHostOnly('starts the app with a collector and tables of its own');

/** Values that occur nowhere by chance, and how each is spelled wherever it is. */
const numbers = {
  callerId: '+14259047316',
  guest: '+14258163594',
  busy: '+14257492685',
  caller: '+14256918437',
} as const;
const names = { caller: 'Zephyrine Quillfeather' } as const;
const words = {
  context: 'plumbago-order',
  metadata: 'xylograph',
  prompt: 'Marzipan forecast of',
  spoken: 'quixotic bassoon',
  header: 'gossamer-header',
} as const;
/** What the people press; ACS names each tone. */
const tones = { open: '73918264550917', masked: '28460913757204', sent: '91735082644673', collected: '64208597318025' };
const toneNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const spelled = (digits: string) => [...digits].map((digit) => toneNames[Number(digit)]);

/** The texts by which a planted value is found, encoded or not. */
const marks: readonly string[] = [
  ...Object.values(numbers).map((number) => number.slice(1)),
  ...[...Object.values(names), ...Object.values(words)].flatMap((text) =>
    text.split(' ').filter(({ length }) => length > 4),
  ),
  ...Object.values(tones),
];
const sequencesOf = (digits: string) => new RegExp(spelled(digits).slice(0, 4).join('\\W+'), 'i');

const foundIn = (text: string): readonly string[] => [
  ...marks.filter((mark) => text.includes(mark)),
  ...Object.values(tones).filter((digits) => sequencesOf(digits).test(text)),
];

/** A text with what is encoded in it in Base64 besides, as cursors and messages of queues are. */
const decoded = (text: string) =>
  [text, ...(text.match(/[\w+/-]{16,}={0,2}/g) ?? []).map((one) => Buffer.from(one, 'base64').toString())].join('\n');

const id = randomUUID().replaceAll('-', '').slice(0, 16);
const [tablePrefix, hubName] = [`t${id}`, `h${id}`];
const origin = 'https://desk.contoso.com';

let collector: Collector;
let board: SubscribedBoard;
const answers: { readonly path: string; readonly answer: Answer }[] = [];

/** Asks the API as a page does, and keeps the answer. */
async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}, below = 400) {
  const answer = await board.api(method, path, body, { origin, prefer: 'wait=20', ...headers });
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(below);
  answers.push({ path, answer });
  return answer;
}

const script = (number: string, one: object) =>
  board.emulator.control.put(`parties/${encodeURIComponent(number)}`, one);

const onceListening = (...then: readonly object[]) => ({
  onRing: 'answer',
  afterMs: 0,
  then: then.map((onListening) => ({ onListening })),
});

/** The requests to storage and to ACS of the whole file. */
const requests = { storage: [] as Passed[], queues: [] as Passed[], acs: [] as Passed[] };

beforeAll(async () => {
  collector = await startCollector();
  board = await startSubscribedBoard({
    ...withoutTimers,
    ...frequentRechecks,
    TABLE_PREFIX: tablePrefix,
    AzureFunctionsJobHost__extensions__durableTask__hubName: hubName,
    CORS_ORIGINS: origin,
    ...shortLog,
    NOTIFY_RECORD_DELIVERED: 'true',
    STREAM_POLL_MILLISECONDS: '200',
    ...exportingTo(collector),
  });
  await subscribe(board, 'failing', []);
  await subscribe(board, 'healthy', []);
  board.receiver.answer = ({ path }) => (path === '/failing' ? [500, {}, `no ${numbers.guest}`] : 204);
});
afterAll(async () => {
  await board.close();
  await collector.close();
});

/** A call to the two people, one of whom declines; its id. */
async function aPlantedCall(): Promise<string> {
  const input = {
    targets: [numbers.guest],
    callerId: numbers.callerId,
    context: words.context,
    metadata: { ticket: words.metadata },
    customContext: [{ kind: 'sipx', key: 'Tier', value: words.header }],
  };
  const key = { 'idempotency-key': randomUUID() };
  const { body } = await ask('POST', 'calls', input, key);
  await ask('POST', 'calls', input, key);
  await eventually(
    () => board.api('GET', `calls/${body.callId}`),
    (answer) => answer.body.status === 'connected',
  );
  return body.callId;
}

/** The calls that plant everything; the ids of a call and of its sequence. */
async function plantEverything() {
  await script(
    numbers.guest,
    onceListening({ press: tones.open }, { press: tones.masked }, { say: words.spoken }, { press: tones.collected }),
  );
  await script(numbers.busy, { onRing: 'busy' });
  const callId = await aPlantedCall();
  const call = `calls/${callId}`;
  const stream = readStream(`${board.url}/api/${call}/stream`);
  const live = readStream(`${board.url}/api/calls/stream`);

  const prompt = { text: `${words.prompt} ${numbers.guest}`, locale: 'en-US' };
  const listen = { participant: numbers.guest, input: 'dtmf', maxTones: tones.open.length, prompt };
  const pressed = await ask('POST', `${call}/media/recognize`, listen);
  expect(pressed.body.result).toMatchObject({ tones: spelled(tones.open) });
  const notifyUrl = `${board.receiver.url}/masked`;
  const masked = await ask('POST', `${call}/media/recognize`, { ...listen, masked: true, notifyUrl });
  expect(masked.body).toMatchObject({ status: 'succeeded', result: { masked: true } });
  const spoken = await ask('POST', `${call}/media/recognize`, {
    participant: numbers.guest,
    input: 'speech',
    locale: 'en-US',
    endSilenceTimeoutMilliseconds: 200,
  });
  expect(spoken.body.result).toMatchObject({ speech: { speech: words.spoken } });
  await ask('POST', `${call}/media/send-dtmf`, { to: numbers.guest, tones: spelled(tones.sent) });
  await ask('POST', `${call}/media/play`, { sources: [prompt], to: [numbers.guest] });
  await ask('POST', `${call}/participants`, { target: numbers.busy, callerId: numbers.callerId });
  await fault(board, 'play', { status: 400 });
  await ask('POST', `${call}/media/play`, { sources: [prompt] }, {}, 500);
  await ask('PATCH', call, { metadata: { ticket: `${words.metadata} 2` } });

  const participant = await participantIdIn(board.api, call, numbers.guest);
  const { body: sequence } = await ask('POST', 'sequences', {
    name: 'collectDigits',
    input: { callId, participant, prompt, maxTones: tones.collected.length },
  });
  await ended(board, sequence.sequenceId);
  const { body: steps } = await ask('POST', 'sequences', {
    callId,
    steps: [
      { do: 'play', with: { sources: [prompt], to: [participant] } },
      { while: { present: participant }, steps: [{ do: 'removeParticipant', with: { participant } }] },
    ],
  });
  await ended(board, steps.sequenceId);
  await stream.done; // Without its last participant the call has ended.
  live.leave();
  for (const message of [...stream.messages, ...live.messages]) {
    expect({ id: message.id, found: foundIn(decoded(message.id ?? '')) }).toEqual({ id: message.id, found: [] });
  }
  return { callId, sequenceIds: [sequence.sequenceId, steps.sequenceId] };
}

/** An incoming call that a rule matches by its caller, and one whose sequence answers. */
async function dialPlanted(): Promise<string> {
  const incoming = {
    from: numbers.caller,
    to: numbers.callerId,
    displayName: names.caller,
    customContext: { sipHeaders: { 'X-MS-Custom-Tier': words.header } },
  };
  const match = { from: numbers.caller, to: numbers.callerId };
  await ask('PUT', 'routing-rules/desk', { priority: 1, match, action: { kind: 'answer' } });
  const { incomingCallId } = await dialIn(board, incoming);
  await becomes(board, incomingCallId, 'answered');
  await ask('POST', 'routing-rules/explain', { from: numbers.caller, to: numbers.callerId });
  await ask('GET', `incoming-calls/${incomingCallId}`);
  await ask('POST', `calls/${incomingCallId}/hang-up`, { forEveryone: true });
  return incomingCallId;
}

/** Reads everything that can be read, page by page, by filters that are in no URL. */
async function readEverything(callId: string): Promise<void> {
  await loggedWith(board, callId, 'CallDisconnected');
  const search = async (path: string, filters: object) => {
    const found = await eventually(
      () => board.api('POST', path, { ...filters, limit: 1 }),
      ({ body }) => body.items.length === 1,
    );
    answers.push({ path, answer: found });
    await ask('POST', path, { ...filters, limit: 1, cursor: found.body.nextCursor });
  };
  await aPlantedCall();
  await search('calls/search', { participant: numbers.guest });
  await search('calls/search', { to: numbers.guest, context: words.context });
  await search('incoming-calls/search', { from: numbers.caller });
  const lists = ['calls', 'incoming-calls', 'operations', `operations?callId=${callId}`, 'events', 'sequences'];
  for (const list of [...lists, 'webhooks/failing/deliveries', 'webhooks/healthy/deliveries', 'routing-rules']) {
    const { body } = await ask('GET', `${list}${list.includes('?') ? '&' : '?'}limit=1`);
    if (body.nextCursor !== undefined) {
      await ask('GET', `${list}${list.includes('?') ? '&' : '?'}limit=1&cursor=${encodeURIComponent(body.nextCursor)}`);
    }
  }
  const one = await ask('GET', `calls/${callId}?expand=operations,recordings,timeline`);
  await ask('GET', `calls/${callId}`, undefined, { 'if-none-match': one.headers.get('etag') ?? '' });
  for (const path of ['timeline?limit=200', 'timeline?format=text', 'export']) {
    await ask('GET', `calls/${callId}/${path}`);
  }
  await ask('OPTIONS', 'calls', undefined, { 'access-control-request-method': 'POST' });
}

/** The URLs in a request to storage: its own, and those of a batch. */
const urlsIn = ({ path, body }: Passed) => [path, ...(body.match(/^[A-Z]+ https?:\S+/gm) ?? [])];
/** The keys of rows that a request stores. */
const keysIn = ({ body }: Passed) => body.match(/"(?:PartitionKey|RowKey)":"[^"]*"/g) ?? [];

const tableService = TableServiceClient.fromConnectionString(inject('storage'), { allowInsecureConnection: true });

async function rowsOf(prefix: string): Promise<{ readonly table: string; readonly row: Record<string, unknown> }[]> {
  const rows: { table: string; row: Record<string, unknown> }[] = [];
  for await (const { name = '' } of tableService.listTables()) {
    if (name.toLowerCase().startsWith(prefix)) {
      const client = TableClient.fromConnectionString(inject('storage'), name, { allowInsecureConnection: true });
      for await (const row of client.listEntities()) {
        rows.push({ table: name, row });
      }
    }
  }
  return rows;
}

test('what is planted is in no URL, header, cursor, log, trace, metric, table key or row of Durable Functions', async () => {
  board.storage.take();
  board.acs.take();
  const { callId, sequenceIds } = await plantEverything();
  const incomingCallId = await dialPlanted();
  await readEverything(callId);
  await eventually(
    () => board.api('GET', 'webhooks/failing/deliveries?status=failed'),
    ({ body }) => body.items.length > 0,
  );
  await eventually(
    async () => collector.received,
    (received) =>
      ['/v1/logs', '/v1/traces', '/v1/metrics'].every((kind) =>
        received.some(({ path, body }) => path === kind && (kind === '/v1/metrics' || body.includes(incomingCallId))),
      ),
  );
  requests.storage.push(...board.storage.take());
  requests.queues.push(...board.queues.take());
  requests.acs.push(...board.acs.take());

  // What is searched for is there at all.
  const bodies = requests.storage.map(({ body }) => body).join('\n');
  const asked = requests.acs.map(({ body }) => body).join('\n');
  expect(marks.filter((mark) => !`${bodies}${asked}`.includes(mark) && !Object.values(tones).includes(mark))).toEqual(
    [],
  );

  const durable: string[] = [];
  for (const sequenceId of sequenceIds) {
    const query = 'showHistory=true&showHistoryOutput=true&showInput=true';
    const instance = `${board.url}/runtime/webhooks/durabletask/instances/${sequenceId}?${query}`;
    durable.push(await (await request(instance)).text());
  }
  expect(durable.join()).toContain('advanceSequence');
  const rows = await rowsOf(tablePrefix);
  expect(new Set(rows.map(({ table }) => table)).size).toBeGreaterThan(5);
  const places: Readonly<Record<string, readonly string[]>> = {
    'URLs of storage': [...requests.storage, ...requests.queues].flatMap(urlsIn),
    'URLs of ACS': requests.acs.map(({ path }) => path),
    'keys that were stored': requests.storage.flatMap(keysIn),
    'keys of tables': rows.map(({ table, row }) => `${table} ${row.partitionKey} ${row.rowKey}`),
    'history of Durable Functions': [...durable, ...(await rowsOf(hubName)).map(({ row }) => JSON.stringify(row))],
    'the log': board.log,
    telemetry: collector.received.map(({ path, body }) => `${path} ${body}`),
    'headers of answers': answers.map(({ answer }) => JSON.stringify([...answer.headers])),
    cursors: answers.flatMap(({ answer }) => answer.body?.nextCursor ?? []),
    'headers of notifications': board.receiver.delivered.map(
      ({ path, headers }) => `${path} ${JSON.stringify(headers)}`,
    ),
  };
  for (const [place, texts] of Object.entries(places)) {
    expect(texts.length, place).toBeGreaterThan(0);
    const finds = texts.flatMap((text) => {
      const found = foundIn(decoded(text));
      return found.length > 0 ? [{ found, text: text.slice(0, 300) }] : [];
    });
    expect({ place, finds }).toEqual({ place, finds: [] });
  }
});

test('what is masked is in no row, list, stream or notification, and an export has nothing that is planted', async () => {
  const masked = (text: string) => text.includes(tones.masked) || sequencesOf(tones.masked).test(text);
  const rows = (await rowsOf(tablePrefix)).map(({ table, row }) => `${table} ${JSON.stringify(row)}`);
  const received = board.receiver.delivered.filter(({ path }) => path !== '/masked').map(({ body }) => body);
  expect(board.receiver.at('/masked').some(({ body }) => masked(body))).toBe(true);
  const shown = answers.map(({ path, answer }) => `${path} ${JSON.stringify(answer.body)}`);
  expect([...rows, ...received, ...shown].filter(masked)).toEqual([]);
  expect([...rows, ...received].some((text) => sequencesOf(tones.open).test(text))).toBe(true);
  const files = answers.filter(({ path }) => path.endsWith('/export'));
  expect(files).toHaveLength(1);
  expect(files.flatMap(({ answer }) => foundIn(JSON.stringify(answer.body)))).toEqual([]);
});
