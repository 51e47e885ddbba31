/** Judges what the API says of calls and operations by what ACS did, as the emulator has it. */
import type { Emulator } from '../../../local/emulator/index.ts';
import { type Answer, type Api, eventually } from '../../support/api.ts';
import type { Entry } from '../../support/wire.ts';
import type { Asked } from './flows.ts';

export const verdicts = ['lost', 'doubled', 'misreported', 'never asked'] as const;

export type Verdict = (typeof verdicts)[number];

/** One wrong that was found, in words for an engineer. */
export interface Finding {
  readonly verdict: Verdict;
  readonly what: string;
}

interface AtAcs {
  readonly callConnectionId: string;
  readonly callbackUri: string;
  readonly state: string;
}

/** What ACS was asked and did, collected as it happens: the log of the emulator keeps the last entries only. */
export function startRecord({ control }: Emulator) {
  let last = 0;
  const requested = new Set<string>();
  /** By kind and operation, or call: the ids of the events that ACS raised. */
  const raised = new Map<string, Set<string>>();
  const connections = new Map<string, AtAcs>();

  function take({ n, kind, headers, event, url, body }: Entry): void {
    last = Math.max(last, n);
    const id = headers?.['repeatability-request-id'];
    if (kind === 'request' && id !== undefined) {
      requested.add(id.toLowerCase());
    }
    if (kind === 'event' && event !== undefined) {
      for (const key of [url?.split('/').at(-1), body?.[0]?.data?.operationContext]) {
        const name = `${event} ${key}`;
        raised.set(name, (raised.get(name) ?? new Set()).add(body?.[0]?.id));
      }
    }
  }

  return {
    async collect(): Promise<void> {
      const { entries } = (await control.get(`log?since=${last}`)) as { entries: Entry[] };
      checkComplete(last, entries);
      entries.filter(({ n }) => n > last).forEach(take);
      const { calls } = (await control.get('calls')) as { calls: AtAcs[] };
      for (const one of calls) {
        connections.set(one.callConnectionId, one);
      }
    },
    wasRequested: (operationId: string) => requested.has(operationId),
    timesRaised: (kind: string, operationOrCall: string) => raised.get(`${kind} ${operationOrCall}`)?.size ?? 0,
    connectionsOf: (callId: string) =>
      [...connections.values()].filter(({ callbackUri }) => callbackUri.endsWith(`/${callId}`)),
  };
}

/** The log of the emulator keeps the last entries only: a record with a gap would find wrongs where there are none. */
export function checkComplete(last: number, entries: readonly Entry[]): void {
  const [first] = entries;
  if (first !== undefined && first.n > last + 1) {
    throw new Error(`the log has lost the entries from ${last + 1} to ${first.n - 1}: collect more often`);
  }
}

export type AcsRecord = ReturnType<typeof startRecord>;

/** How long a read may be answered 503. */
const readWithinMs = 60_000;

const success: Readonly<Record<string, string>> = {
  createCall: 'CallConnected',
  connectCall: 'CallConnected',
  answerCall: 'CallConnected',
  addParticipant: 'AddParticipantSucceeded',
};

/** The operations whose calls have the id of their request, also where the API knows nothing of it. */
const makers = ['createCall', 'connectCall'];

/** The call of a request, as the client or its key names it; undefined when neither does. */
export const callOf = ({ key, name, answer }: Asked): string | undefined =>
  answer?.body.callId ?? (makers.includes(name) ? key : undefined);

const isUp = ({ state }: AtAcs) => state !== 'disconnected';

/** A wrong, why it is one, and whether it is there. */
type Rule = readonly [verdict: Verdict, why: string, isSo: boolean];

/** The wrongs of one request, once everything has settled, where the API lists these calls. */
export async function judge(api: Api, acs: AcsRecord, listed: ReadonlySet<string>, asked: Asked): Promise<Finding[]> {
  const { key, name } = asked;
  const { status, body: operation } = await read(api, `operations/${key}`);
  const isPromised = asked.answer !== undefined && asked.answer.status < 300;
  const isOpen = ['accepted', 'sent'].includes(operation.status);
  const found = (rules: readonly Rule[], shown: unknown) =>
    rules.flatMap(([verdict, why, isSo]) =>
      isSo ? [{ verdict, what: `${name} ${key}: ${why}: ${JSON.stringify(shown)}` }] : [],
    );
  const isNeverAsked = isPromised && !acs.wasRequested(key) && (status !== 200 || isOpen);
  const promise = found([['never asked', 'promised, and ACS was not asked', isNeverAsked]], operation);
  const callId = status === 200 ? operation.callId : callOf(asked);
  if (callId === undefined) {
    return promise;
  }
  const connections = acs.connectionsOf(callId);
  const outcome = found(rulesOfOutcome(acs, asked, operation.status, connections), operation);
  if (!isAboutCall(name)) {
    return [...promise, ...outcome];
  }
  const call = await read(api, `calls/${callId}`);
  return [...promise, ...outcome, ...found(rulesOfCall(call, connections, listed.has(callId)), call.body)];
}

const isAboutCall = (name: string) => name !== 'hangUp' && name !== 'addParticipant';

function rulesOfOutcome(acs: AcsRecord, { key, name }: Asked, status: string, connections: readonly AtAcs[]): Rule[] {
  const kind = success[name];
  const times = kind === undefined ? 0 : acs.timesRaised(kind, key);
  const hasSucceeded = status === 'succeeded';
  const hasFailed = ['failed', 'canceled'].includes(status);
  return [
    ['doubled', `${connections.length} connections, ${times} × ${kind}`, connections.length > 1 || times > 1],
    ['misreported', 'succeeded, and ACS did not do it', kind !== undefined && hasSucceeded && times === 0],
    ['misreported', 'failed, and ACS did it', hasFailed && times > 0],
    [
      'misreported',
      'succeeded, and the call is live at ACS',
      name === 'hangUp' && hasSucceeded && connections.some(isUp),
    ],
  ];
}

function rulesOfCall({ status, body: call }: Answer, connections: readonly AtAcs[], isListed: boolean): Rule[] {
  const isLive = connections.some(isUp);
  const isOver = status !== 200 || ['disconnected', 'failed'].includes(call.status);
  return [
    ['lost', 'live at ACS, over in the API', isLive && isOver],
    ['misreported', 'connected, and over at ACS', !isLive && call.status === 'connected'],
    ['lost', 'on no list', connections.length > 0 && !isListed],
  ];
}

/** The ids of all calls that the API lists. */
export async function listedCalls(api: Api): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const position = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await read(api, `calls?limit=50${position}`);
    if (status !== 200) {
      throw new Error(`expected a page of calls, but the answer was ${status} ${JSON.stringify(body)}`);
    }
    for (const { callId } of body.items) {
      ids.add(callId);
    }
    cursor = body.nextCursor;
  } while (cursor !== undefined);
  return ids;
}

/** Reads, and retries while the app has no answer: a busy machine is no wrong. */
async function read(api: Api, path: string): Promise<Answer> {
  const isAnswered = ({ status }: Answer) => status !== 503;
  return eventually(() => api('GET', path), isAnswered, readWithinMs);
}

/** Hangs up what is live: a call that cannot be hung up is lost. */
export async function hangUpLive(api: Api, acs: AcsRecord, callId: string, withinMs = 20_000): Promise<Finding[]> {
  if (!acs.connectionsOf(callId).some(isUp)) {
    return [];
  }
  const { status, body } = await api('POST', `calls/${callId}/hang-up`, { forEveryone: true });
  const isOver = await eventually(
    async () => {
      await acs.collect();
      return !acs.connectionsOf(callId).some(isUp);
    },
    (over) => over,
    withinMs,
  ).catch(() => false);
  return isOver ? [] : [{ verdict: 'lost', what: `${callId} cannot be hung up: ${status} ${JSON.stringify(body)}` }];
}
