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
      entries.forEach(take);
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

export type AcsRecord = ReturnType<typeof startRecord>;

const success: Readonly<Record<string, string>> = {
  createCall: 'CallConnected',
  connectCall: 'CallConnected',
  answerCall: 'CallConnected',
  addParticipant: 'AddParticipantSucceeded',
};

const isUp = ({ state }: AtAcs) => state !== 'disconnected';

/** The wrongs of one request, once everything has settled. */
export async function judge(api: Api, acs: AcsRecord, asked: Asked): Promise<Finding[]> {
  const { key, name } = asked;
  const { status, body: operation } = await api('GET', `operations/${key}`);
  const isPromised = asked.answer !== undefined && asked.answer.status < 300;
  const callId = status === 200 ? operation.callId : undefined;
  const isOpen = ['accepted', 'sent'].includes(operation.status);
  const found: Finding[] = [];
  const wrong = (verdict: Verdict, why: string, shown: unknown = operation) =>
    found.push({ verdict, what: `${name} ${key}: ${why}: ${JSON.stringify(shown)}` });
  if (isPromised && !acs.wasRequested(key) && (status !== 200 || isOpen)) {
    wrong('never asked', 'promised, and ACS was not asked');
  }
  if (callId === undefined) {
    return found;
  }
  const connections = acs.connectionsOf(callId);
  const kind = success[name];
  const times = kind === undefined ? 0 : acs.timesRaised(kind, key);
  if (connections.length > 1 || times > 1) {
    wrong('doubled', `${connections.length} connections, ${times} × ${kind}`);
  }
  if (kind && operation.status === 'succeeded' && times === 0) {
    wrong('misreported', 'succeeded, and ACS did not do it');
  }
  if (kind && ['failed', 'canceled'].includes(operation.status) && times > 0) {
    wrong('misreported', 'failed, and ACS did it');
  }
  if (name !== 'hangUp' && name !== 'addParticipant') {
    await judgeCall(api, callId, connections, wrong);
  }
  return found;
}

async function judgeCall(
  api: Api,
  callId: string,
  connections: readonly AtAcs[],
  wrong: (verdict: Verdict, why: string, shown: unknown) => void,
): Promise<void> {
  const { status, body: call } = await api('GET', `calls/${callId}`);
  const isLive = connections.some(isUp);
  if (isLive && (status !== 200 || ['disconnected', 'failed'].includes(call.status))) {
    wrong('lost', 'live at ACS, over in the API', call);
  }
  if (!isLive && status === 200 && call.status === 'connected') {
    wrong('misreported', 'connected, and over at ACS', call);
  }
  if (connections.length > 0 && !(await listed(api)).has(callId)) {
    wrong('lost', 'on no list', call);
  }
}

/** The ids of all calls that the API lists. */
async function listed(api: Api): Promise<Set<string>> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const { body }: Answer = await api(
      'GET',
      `calls?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    for (const { callId } of body.items) {
      ids.add(callId);
    }
    cursor = body.nextCursor;
  } while (cursor !== undefined);
  return ids;
}

/** Hangs up what is live: a call that cannot be hung up is lost. */
export async function hangUpLive(api: Api, acs: AcsRecord, callId: string): Promise<Finding[]> {
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
    20_000,
  ).catch(() => false);
  return isOver ? [] : [{ verdict: 'lost', what: `${callId} cannot be hung up: ${status} ${JSON.stringify(body)}` }];
}
