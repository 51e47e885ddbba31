/** What ACS was asked and did, collected as it happens: the log of the emulator keeps the last entries only. */
import type { Emulator } from '../../../local/emulator/index.ts';
import type { Entry } from '../../support/wire.ts';
import { checkComplete } from '../calls/judge.ts';

interface AtAcs {
  readonly callConnectionId: string;
  readonly callbackUri: string;
  readonly state: string;
  readonly recordings: readonly { readonly hasEnded: boolean }[];
}

/** An event as it was sent. */
interface Sent {
  readonly url: string;
  readonly body: readonly { readonly id?: string; readonly data?: { readonly operationContext?: string } }[];
}

export type AcsRecord = ReturnType<typeof startRecord>;

export function startRecord({ control }: Emulator) {
  let last = 0;
  /** Requests without their answer yet, oldest first: by method and path, the keys under which they were made. */
  const asked = new Map<string, (string | undefined)[]>();
  const requested = new Set<string>();
  const done = new Map<string, number>();
  const raised = new Map<string, Set<string | undefined>>();
  const events = new Map<string, Sent[]>();
  let connections: readonly AtAcs[] = [];

  function takeRequest({ headers, method, path }: Entry): void {
    const key = headers?.['repeatability-request-id']?.toLowerCase();
    add(asked, `${method} ${path}`, key);
    if (key !== undefined) {
      requested.add(key);
    }
  }

  function takeResponse({ method, path, operation, status = 500, replayed }: Entry): void {
    const key = asked.get(`${method} ${path}`)?.shift();
    if (key !== undefined && status < 300 && !replayed) {
      done.set(`${key} ${operation}`, (done.get(`${key} ${operation}`) ?? 0) + 1);
    }
  }

  function takeEvent({ event, url, body }: Entry): void {
    if (url !== undefined && event !== undefined && Array.isArray(body)) {
      add(events, url.split('/').at(-1) ?? '', { url, body });
      const name = `${event} ${body[0]?.data?.operationContext}`;
      raised.set(name, (raised.get(name) ?? new Set()).add(body[0]?.id));
    }
  }

  function take(entry: Entry): void {
    last = Math.max(last, entry.n);
    if (entry.kind === 'event') {
      takeEvent(entry);
    } else if (entry.kind === 'request') {
      takeRequest(entry);
    } else if (entry.kind === 'response') {
      takeResponse(entry);
    }
  }

  return {
    async collect(): Promise<void> {
      const { entries } = (await control.get(`log?since=${last}`)) as { entries: Entry[] };
      checkComplete(last, entries);
      entries.filter(({ n }) => n > last).forEach(take);
      connections = ((await control.get('calls')) as { calls: AtAcs[] }).calls;
    },
    wasRequested: (key: string) => requested.has(key),
    /** How often ACS did what was asked under a key: an answer that it kept from an earlier request is none. */
    timesDone: (key: string, operation: string) => done.get(`${key} ${operation}`) ?? 0,
    timesRaised: (kind: string, key: string) => raised.get(`${kind} ${key}`)?.size ?? 0,
    eventsOf: (calls: readonly string[]) => calls.flatMap((callId) => events.get(callId) ?? []),
    connectionsOf: (callId: string) => connections.filter(({ callbackUri }) => callbackUri.endsWith(`/${callId}`)),
    isRecording: (callId: string) =>
      connections.some(
        ({ callbackUri, recordings }) =>
          callbackUri.endsWith(`/${callId}`) && recordings.some(({ hasEnded }) => !hasEnded),
      ),
  };
}

function add<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name) ?? [];
  list.push(item);
  lists.set(name, list);
}
