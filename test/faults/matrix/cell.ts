/** One operation under one fault: its situation, its request as a client retries it, and the wrongs at its end. */
import { randomUUID } from 'node:crypto';
import type { Operation } from '../../../shared/operations/operation.ts';
import { type Answer, type Api, eventually } from '../../support/api.ts';
import { type PreparedRequest, prepareRequest } from '../../support/situations.ts';
import type { Choices } from '../sequences/rounds.ts';
import { redeliver, sendMalformed } from './events.ts';
import { type FaultName, faults, type Target } from './faults.ts';
import { type Finding, judge } from './judge.ts';
import type { AcsRecord } from './record.ts';
import type { Stage } from './stage.ts';

export interface Played {
  readonly struck: number;
  readonly found: readonly Finding[];
}

/** Far more than anything here needs: a busy machine is no wrong. */
export const timeoutMs = 120_000;

/** What the app knows by itself it knows within this time; what is open then is settled by the end of the call. */
const settleMs = 6000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isOpen = (status: unknown) => status === 'accepted' || status === 'sent';

/** Plays the operation. A fault does not strike where the operation has nothing that it could strike: no event, say. */
export async function playCell(
  stage: Stage,
  record: AcsRecord,
  operation: Operation,
  fault: FaultName,
  choices: Choices,
): Promise<Played> {
  const [, second] = stage.apis;
  const request = await prepared(() => prepareRequest({ ...stage, api: second }, operation));
  const key = randomUUID();
  const calls = await callsOf(second, request, key);
  const target: Target = { key, ids: calls };
  const injected = faults[fault](stage, target, choices);
  if (fault === 'malformed events') {
    await sendMalformed(stage, calls);
  }
  const answers = await askFrom(stage, fault, choices, request, key);
  await until(async () => !isOpen((await second('GET', `operations/${key}`)).body.status), settleMs);
  injected.end();
  const hungUp = await hangUp(stage, record, calls);
  const settled = await until(async () => {
    const { status, body } = await second('GET', `operations/${key}`);
    return status === 200 && !isOpen(body.status);
  }, timeoutMs);
  const before = await shown(second, key, calls);
  if (fault === 'events an hour later') {
    await redeliver(stage, record, calls);
  }
  const after = await shown(second, key, calls);
  await record.collect();
  return {
    struck: injected.struck(),
    found: [...judge(record, operation, key, calls, answers, after, settled), ...hungUp, ...changed(before, after)].map(
      ({ verdict, what }) => ({ verdict, what: `${operation.name} ${key}: ${what}` }),
    ),
  };
}

/** A situation, made anew when a busy machine is too slow for it: nothing of it is judged. */
export async function prepared<T>(prepare: () => Promise<T>, attempts = 5): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    if (attempts === 1) {
      throw error;
    }
    return prepared(prepare, attempts - 1);
  }
}

/** The calls of a request: those that it names, that of its recording, or the one that it makes. */
async function callsOf(api: Api, { values }: PreparedRequest, key: string): Promise<string[]> {
  const { callId, fromCallId, incomingCallId, recordingId } = values as Record<string, string | undefined>;
  const ofRecording = recordingId && (await api('GET', `recordings/${recordingId}`)).body.callId;
  const named = [callId ?? incomingCallId ?? ofRecording, fromCallId].filter((id) => typeof id === 'string');
  return named.length > 0 ? named : [key];
}

/** Asks the host that the fault concerns, or both at once. An answer that never came is undefined. */
export function askFrom(
  { apis }: Stage,
  fault: FaultName,
  choices: Choices,
  request: Pick<PreparedRequest, 'method' | 'path' | 'body'>,
  key: string,
): Promise<(Answer | undefined)[]> {
  const chosen = fault === 'two hosts at once' ? apis : [fault === 'host killed' ? apis[0] : choices.oneOf([...apis])];
  return Promise.all(chosen.map((api) => ask(api, request, key)));
}

/** Retries under the same key until there is an answer that is no failure of the app. */
async function ask(
  api: Api,
  { method, path, body }: Pick<PreparedRequest, 'method' | 'path' | 'body'>,
  key: string,
): Promise<Answer | undefined> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const answer = await api(method, path, body, { 'idempotency-key': key }).catch(() => undefined);
    if (answer && answer.status < 500) {
      return answer;
    }
    if (answer?.body.code === 'acsRefused') {
      return answer;
    }
    await pause(100);
  }
  return undefined;
}

/** Hangs up what is live: a call that cannot be hung up is lost. */
export async function hangUp(stage: Stage, record: AcsRecord, calls: readonly string[]): Promise<Finding[]> {
  const [, api] = stage.apis;
  const isOver = async () => {
    await record.collect();
    return !calls.some((callId) => record.connectionsOf(callId).some(({ state }) => state !== 'disconnected'));
  };
  const isListedOver = async () => {
    const states = await Promise.all(calls.map(async (callId) => (await api('GET', `calls/${callId}`)).body.status));
    return states.every((status) => !['connecting', 'connected'].includes(status));
  };
  for (const callId of calls) {
    const request = { method: 'POST', path: `calls/${callId}/hang-up`, body: { forEveryone: true } };
    await ask(api, request, randomUUID());
  }
  if (!(await until(isOver, timeoutMs))) {
    return [{ verdict: 'lost', what: 'its call cannot be hung up' }];
  }
  return (await until(isListedOver, timeoutMs))
    ? []
    : [{ verdict: 'orphaned', what: 'its call is over, and listed as live' }];
}

export async function until(isSo: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await isSo().catch(() => false)) {
      return true;
    }
    await pause(150);
  }
  return false;
}

/** What the API shows of an operation and its calls. */
async function shown(api: Api, key: string, calls: readonly string[]): Promise<readonly Answer[]> {
  const read = (path: string) =>
    eventually(
      () => api('GET', path),
      ({ status }) => status !== 503,
      timeoutMs,
    );
  return [await read(`operations/${key}`), ...(await Promise.all(calls.map((callId) => read(`calls/${callId}`))))];
}

/** What late events change of an operation or a call that had come to its end: nothing but the time of the end, which they know. */
function changed(before: readonly Answer[], after: readonly Answer[]): Finding[] {
  const said = ({ body }: Answer) => [body.status, body.reason, body.settledAt, body.error?.code];
  const [known, now] = [before.map(said), after.map(said)].map((one) => JSON.stringify(one));
  return known === now ? [] : [{ verdict: 'misreported', what: `late events changed ${known} to ${now}` }];
}
