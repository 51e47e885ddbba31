/** What the how-tos do, in their words: an operation that is waited for, the events of its call, who is in it. */
import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { eventually } from '../../support/api.ts';
import type { Switchboard } from '../../support/switchboard.ts';
import { callbacksOf, entriesSince, lastEntry, requestsSince } from '../../support/wire.ts';

/** The number of the application, and people on the other end. */
export const appNumber = '+14255550100';
export const [phone, otherPhone] = ['+14255550201', '+14255550202'];
export const [user, otherUser] = ['8:acs:resource_anna', '8:acs:resource_ben'];

/** The operation once it has settled. */
export async function settled(board: Switchboard, method: string, path: string, body?: object) {
  const answer = await board.api(method, path, body, { prefer: 'wait=20' });
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
  return answer.body;
}

/** The operation, which succeeded. */
export async function done(board: Switchboard, method: string, path: string, body?: object) {
  const operation = await settled(board, method, path, body);
  expect(operation).toMatchObject({ status: 'succeeded' });
  return operation;
}

/** A call with these people, who are all in it; its path. */
export async function callWith(board: Switchboard, ...targets: readonly string[]): Promise<string> {
  const { callId } = await done(board, 'POST', 'calls', { targets, callerId: appNumber });
  await eventually(
    () => peopleIn(board, `calls/${callId}`),
    (people) => people.length === targets.length,
  );
  return `calls/${callId}`;
}

/** The emulator of an app that runs already knows the rooms of earlier files. */
let rooms = randomInt(10_000_000, 90_000_000);

/** A room with a user in it, to whose call the application is connected; the path of the call. */
export async function connectedToRoom(board: Switchboard, settings: object): Promise<string> {
  rooms += 1;
  const id = `994452762${rooms}`;
  await board.emulator.control.put(`rooms/${id}`, settings);
  await board.emulator.control.post(`rooms/${id}/join`, { party: user });
  const { callId } = await done(board, 'POST', 'calls/connect', { locator: { kind: 'room', id } });
  await hasPeople(board, `calls/${callId}`, user);
  return `calls/${callId}`;
}

/** Who is in the call, by its events. */
async function peopleIn(board: Switchboard, call: string): Promise<string[]> {
  const { participants } = (await board.api('GET', call)).body;
  return participants.map(({ participant }: { participant: string }) => participant);
}

/** Waits until the events show exactly these people in the call. */
export async function hasPeople(board: Switchboard, call: string, ...people: readonly string[]): Promise<void> {
  await eventually(
    () => peopleIn(board, call),
    (present) => present.toSorted().join() === people.toSorted().join(),
  );
}

/** Waits until the timeline of the call has these events; every event that it has. */
export async function hasEvents(board: Switchboard, call: string, ...kinds: readonly string[]): Promise<string[]> {
  return eventually(
    async () => {
      const { items } = (await board.api('GET', `${call}/timeline?limit=200`)).body;
      return items.flatMap(({ event = [] }: { event?: string | [] }) => event);
    },
    (events) => kinds.every((kind) => events.includes(kind)),
  );
}

/** Waits until the call is over; the resource. */
export async function isOver(board: Switchboard, call: string) {
  const { body } = await eventually(
    () => board.api('GET', call),
    ({ body: { status } }) => status === 'disconnected' || status === 'failed',
  );
  return body;
}

/** What ACS was asked by an act: the body of the one request whose path ends in this verb. */
export async function askedOf(board: Switchboard, verb: string, act: () => Promise<unknown>): Promise<unknown> {
  const since = await lastEntry(board);
  await act();
  const asked = (await requestsSince(board, since)).filter(({ path }) => path?.split('?')[0]?.endsWith(`:${verb}`));
  expect(asked).toHaveLength(1);
  return asked[0]?.body;
}

/** The IncomingCall events of a number or user, oldest first: the data of each IncomingCall. */
export async function incomingCallsOf(board: Switchboard, rawId: string) {
  const entries = await entriesSince(board, 0);
  return entries
    .flatMap(({ kind, event, body }) => (kind === 'event' && event === 'IncomingCall' ? body : []))
    .map(({ data }) => data)
    .filter(({ to }) => to.rawId === rawId);
}

/** Whether ACS sent no callback at all for a call. */
export async function hasNoCallbacks(board: Switchboard, callId: string): Promise<boolean> {
  return (await callbacksOf(board, callId)).length === 0;
}
