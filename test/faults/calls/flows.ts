/** Calls as clients make them: some retry under the same key until they have an answer, some never come back. */
import { randomUUID } from 'node:crypto';
import type { Emulator } from '../../../local/emulator/index.ts';
import type { Answer, Api } from '../../support/api.ts';
import type { Choices } from '../sequences/rounds.ts';

const callerId = '+14255550100';

/** What a client asked for under one key, and the last answer that it got; without one it knows nothing. */
export interface Asked {
  readonly key: string;
  readonly name: string;
  readonly answer?: Answer;
}

export interface Client {
  readonly api: Api;
  readonly emulator: Emulator;
  readonly choices: Choices;
  /** Numbers that no other call uses. */
  readonly nextNumber: () => string;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Within this time a patient client has an answer: a lease ends much earlier. */
const answerWithinMs = 60_000;

/** Sends a request, and retries it under the same key if the client is patient. */
async function ask(
  { api, choices }: Client,
  name: string,
  path: string,
  body: object,
  isPatient = choices.chance(0.75),
): Promise<Asked> {
  const key = randomUUID();
  const until = Date.now() + answerWithinMs;
  let answer: Answer | undefined;
  do {
    answer = await api('POST', path, body, { 'idempotency-key': key }).catch(() => undefined);
    if (answer && answer.status < 500) {
      return { key, name, answer };
    }
    await pause(50 + choices.upTo(200));
  } while (isPatient && Date.now() < until);
  return { key, name, ...(answer && { answer }) };
}

/** Reads until the answer is as wanted, for a few seconds. */
async function readUntil(
  api: Api,
  path: string,
  wanted: (body: Answer['body']) => boolean,
): Promise<Answer | undefined> {
  for (let count = 0; count < 40; count += 1) {
    const answer = await api('GET', path).catch(() => undefined);
    if (answer?.status === 200 && wanted(answer.body)) {
      return answer;
    }
    await pause(150);
  }
  return undefined;
}

async function callee({ emulator, choices, nextNumber }: Client): Promise<string> {
  const number = nextNumber();
  const onRing = choices.oneOf(['answer', 'answer', 'answer', 'decline']);
  await emulator.control.put(`parties/${encodeURIComponent(number)}`, { onRing, afterMs: choices.upTo(400) });
  return number;
}

async function create(client: Client): Promise<Asked[]> {
  return [await ask(client, 'createCall', 'calls', { targets: [await callee(client)], callerId })];
}

async function createAndAdd(client: Client): Promise<Asked[]> {
  const [created] = await create(client);
  const { callId } = created?.answer?.body ?? {};
  const call = callId && (await readUntil(client.api, `calls/${callId}`, ({ status }) => status === 'connected'));
  if (!created || !call) {
    return created ? [created] : [];
  }
  const target = await callee(client);
  return [created, await ask(client, 'addParticipant', `calls/${callId}/participants`, { target, callerId })];
}

async function createAndHangUp(client: Client): Promise<Asked[]> {
  const [created] = await create(client);
  const { callId } = created?.answer?.body ?? {};
  await pause(client.choices.upTo(600));
  const hungUp = callId && (await ask(client, 'hangUp', `calls/${callId}/hang-up`, { forEveryone: true }));
  return [created, hungUp].filter((one) => one !== undefined);
}

async function connect(client: Client): Promise<Asked[]> {
  const locator = { kind: 'group', id: randomUUID() };
  return [await ask(client, 'connectCall', 'calls/connect', { locator })];
}

async function answer(client: Client): Promise<Asked[]> {
  const from = client.nextNumber();
  await client.emulator.control.post('incoming-calls', { from, to: callerId });
  const isFrom = (item: { from: string }) => item.from === from;
  const listed = await readUntil(client.api, 'incoming-calls?limit=200', ({ items }) => items.some(isFrom));
  const incoming = listed?.body.items.find(isFrom);
  // Without an index of those that no client comes back for, a rule would answer: here the client stays.
  return incoming
    ? [await ask(client, 'answerCall', `incoming-calls/${incoming.incomingCallId}/answer`, {}, true)]
    : [];
}

export const flows = [create, createAndAdd, createAndHangUp, connect, answer] as const;
