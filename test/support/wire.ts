/** What crossed the wire between the app and ACS, as the emulator's log has it, and what shall go wrong there. */
import type { Switchboard } from './switchboard.ts';

/** Timers would write at times that no test chose. */
export const withoutTimers = {
  'AzureWebJobs.housekeeping.Disabled': 'true',
  'AzureWebJobs.reconciliation.Disabled': 'true',
  'AzureWebJobs.recordingHousekeeping.Disabled': 'true',
  'AzureWebJobs.sequenceHousekeeping.Disabled': 'true',
  'AzureWebJobs.erasure.Disabled': 'true',
} as const;

/** One line of the log. `operation` is ACS's REST operation, `event` the short kind of a callback. */
export interface Entry {
  readonly n: number;
  readonly kind: string;
  readonly method?: string;
  readonly path?: string;
  readonly url?: string;
  readonly status?: number;
  readonly operation?: string;
  readonly event?: string;
  readonly replayed?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies of any shape, and an assertion on a member that is not there fails.
  readonly body?: any;
}

/** The number of the last entry: what comes after it is what a test brought about. */
export async function lastEntry({ emulator }: Pick<Switchboard, 'emulator'>): Promise<number> {
  const { entries } = (await emulator.control.get('log')) as { entries: Entry[] };
  return entries.at(-1)?.n ?? 0;
}

export async function entriesSince({ emulator }: Pick<Switchboard, 'emulator'>, since: number): Promise<Entry[]> {
  const { entries } = (await emulator.control.get(`log?since=${since}`)) as { entries: Entry[] };
  return entries;
}

/** Requests of the app to ACS. */
export async function requestsSince(board: Switchboard, since: number): Promise<Entry[]> {
  const entries = await entriesSince(board, since);
  return entries.filter(({ kind, path }) => kind === 'request' && /^\/(calling|v1\/objects)\//.test(path ?? ''));
}

/** How often ACS did something: an answer that it kept from an earlier request is none. */
export async function timesDone(
  board: Pick<Switchboard, 'emulator'>,
  operation: string,
  since: number,
): Promise<number> {
  const entries = await entriesSince(board, since);
  return entries.filter(
    (entry) =>
      entry.operation === operation && entry.kind === 'response' && (entry.status ?? 500) < 300 && !entry.replayed,
  ).length;
}

/** The calls that ACS made for one call of the app: exactly one, whatever failed. */
export async function dialsOf(board: Switchboard, callId: string): Promise<number> {
  const { calls } = (await board.emulator.control.get('calls')) as { calls: { callbackUri: string }[] };
  return calls.filter(({ callbackUri }) => callbackUri.endsWith(`/${callId}`)).length;
}

/** The bodies of the callbacks of one call that ACS sent. */
export async function callbacksOf(board: Switchboard, callId: string): Promise<unknown[][]> {
  const entries = await entriesSince(board, 0);
  return entries.filter(({ kind, url }) => kind === 'event' && url?.endsWith(`/${callId}`)).map(({ body }) => body);
}

/** Makes something go wrong at ACS: once, unless `times` says otherwise. */
export async function fault(board: Switchboard, match: string, action: object, times = 1): Promise<void> {
  await board.emulator.control.post('faults', { match, do: action, times });
}

/** Sets how the party of a number behaves when called. */
export async function party(board: Pick<Switchboard, 'emulator'>, id: string, script: object): Promise<void> {
  await board.emulator.control.put(`parties/${encodeURIComponent(id)}`, script);
}
