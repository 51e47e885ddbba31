/** Reads the log of events as a subscriber does. */
import { expect } from 'vitest';
import { eventually } from './api.ts';
import { connectedCall } from './calls.ts';
import type { Switchboard } from './switchboard.ts';

/** An event as it is listed. */
export interface Logged {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Query = Readonly<Record<string, string>>;
type Board = Pick<Switchboard, 'api'>;

/** One page. */
export async function pageOfLog(
  { api }: Board,
  query: Query,
): Promise<{ readonly items: readonly Logged[]; readonly nextCursor?: string }> {
  const { status, body } = await api('GET', `events?${new URLSearchParams(query)}`);
  expect(status).toBe(200);
  return body;
}

/** All pages. */
export async function logged(board: Board, query: Query = {}): Promise<readonly Logged[]> {
  const { items, nextCursor } = await pageOfLog(board, query);
  return nextCursor === undefined ? items : [...items, ...(await logged(board, { ...query, cursor: nextCursor }))];
}

/** The events of a call. */
export async function loggedOf(board: Board, callId: string): Promise<readonly Logged[]> {
  return (await logged(board)).filter(({ source }) => source === `/calls/${callId}`);
}

/** The events of a call once one of this name is among them. */
export function loggedWith(board: Board, callId: string, name: string): Promise<readonly Logged[]> {
  return eventually(
    () => loggedOf(board, callId),
    (events) => events.some((event) => shortName(event) === name),
  );
}

/** The type of an event without its prefix. */
export function shortName({ type }: Logged): string {
  return type.replace(/^.*\./, '');
}

/** Settings of a log that lists events soon: it waits for storage no longer than for a write to settle. */
export const shortLog = { EVENT_LOG_DAYS: '7', EVENT_LOG_SETTLE_SECONDS: '3', STORAGE_TIMEOUT_SECONDS: '2' };

/** A call that was hung up, once its end and the outcomes of both operations are logged. */
export async function endedCall(board: Board): Promise<string> {
  const callId = await connectedCall(board.api);
  await board.api('POST', `calls/${callId}/hang-up`, {}, { prefer: 'wait=20' });
  await eventually(
    () => loggedOf(board, callId),
    (events) => {
      const names = events.map(shortName);
      return names.includes('CallDisconnected') && names.filter((name) => name === 'OperationSettled').length === 2;
    },
  );
  return callId;
}
