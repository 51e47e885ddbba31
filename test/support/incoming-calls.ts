/** Incoming calls, for the tests of routing. */
import { randomInt } from 'node:crypto';
import { type Answer, eventually, request } from './api.ts';
import type { Switchboard } from './switchboard.ts';
import { entriesSince } from './wire.ts';

/** A random start: a running app knows the callers of earlier files. */
let callers = randomInt(6_000_000, 9_000_000);

/** A number from which one call is made. */
export function nextCaller(): string {
  callers += 1;
  return `+1425${callers}`;
}

/** Makes an incoming call; its resource as soon as the app lists it. */
export async function dialIn(board: Switchboard, call: { from?: string; to: string; customContext?: object }) {
  const from = call.from ?? nextCaller();
  await board.emulator.control.post('incoming-calls', { ...call, from });
  const items = await eventually(
    async () => (await board.api('GET', 'incoming-calls')).body.items,
    (listed) => listed.some((item: { from: string }) => item.from === from),
  );
  return items.find((item: { from: string }) => item.from === from);
}

/** The incoming call once it has that status. */
export async function becomes(board: Switchboard, incomingCallId: string, status: string): Promise<Answer> {
  return eventually(
    () => board.api('GET', `incoming-calls/${incomingCallId}`),
    ({ body }) => body.status === status,
  );
}

/** The IncomingCall event of the call from this number. */
export async function incomingCallEventFrom(board: Switchboard, from: string) {
  const entries = await entriesSince(board, 0);
  const events = entries.flatMap(({ kind, event, body }) => (kind === 'event' && event === 'IncomingCall' ? body : []));
  return events.find(({ data }) => data.from.rawId === `4:${from}`);
}

/** Delivers events to a function as Event Grid does; the status of the answer. */
export async function deliver(
  board: Switchboard,
  events: readonly object[] | object,
  functionName = 'incomingCall',
): Promise<number> {
  const { status } = await request(`${board.url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body: JSON.stringify(events),
  });
  return status;
}
