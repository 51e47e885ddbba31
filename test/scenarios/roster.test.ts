/** The roster of a call: everyone who was asked into it or seen in it, whatever became known of each; and its metadata. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerId, connectedCall, guest } from '../support/calls.ts';
import {
  actsOn,
  another,
  callee,
  elsewhere,
  labels,
  neverJoined,
  participantId,
  stayed,
  time,
  user,
} from '../support/endings.ts';
import { becomes, dialIn } from '../support/incoming-calls.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

let board: Switchboard;
const { script, place, over, withRoster } = actsOn(() => board);

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());

test('a transfer that its target declines leaves the call as it was, with the target in the roster', async () => {
  await Promise.all([script(callee, 'answer'), script(elsewhere, 'decline')]);
  const callId = await connectedCall(board.api, [callee]);
  const { body } = await board.api('POST', `calls/${callId}/transfer`, { target: elsewhere }, { prefer: 'wait=20' });
  expect(body).toMatchObject({ status: 'failed', reason: 'declined' });
  expect((await board.api('GET', `calls/${callId}`)).body).toMatchObject({
    status: 'connected',
    roster: [
      { participant: callee, status: 'connected' },
      { participant: elsewhere, role: 'transferred', status: 'failed', reason: 'declined', invitedAt: time },
    ],
  });
});

test('a joined call has its locator instead of caller and callee, and everyone in it', async () => {
  const group = '2f1d9b7c-6b1e-4f0e-9c59-5b7d8c2e3a42';
  await board.emulator.control.post(`groups/${group}/join`, { party: user });
  const locator = { kind: 'group', id: group };
  const { body } = await board.api('POST', 'calls/connect', { locator, ...labels }, { prefer: 'wait=20' });
  await withRoster(body.callId, (roster) => roster.length === 1);
  const { body: call } = await board.api('GET', `calls/${body.callId}`);
  expect(call).toMatchObject({
    direction: 'joined',
    locator,
    ...labels,
    roster: [{ participantId, participant: user, role: 'joined', status: 'connected', joinedAt: time }],
  });
  expect(call).not.toHaveProperty('to');
  await board.api('POST', `calls/${body.callId}/hang-up`, {});
  expect(await over(body.callId)).toMatchObject({ locator, reason: 'hungUp', endedBy: 'app' });
});

test('a group call with one who declines keeps both in the roster', async () => {
  await Promise.all([script(callee, 'answer'), script(another, 'decline')]);
  const { body } = await place([callee, another]);
  await withRoster(body.callId, (roster) => roster.some(({ status }) => status === 'connected'));
  await board.api('POST', `calls/${body.callId}/hang-up`, { forEveryone: true });
  expect(await over(body.callId)).toMatchObject({
    to: [callee, another],
    // ACS reports no one who does not join a group call.
    roster: [stayed(callee, 'hungUp'), neverJoined(another, 'unknown')],
  });
});

test('people who are added are in the roster with what became known of each, and removed ones too', async () => {
  await Promise.all([script(guest, 'answer'), script(callee, 'answer'), script(another, 'decline')]);
  const callId = await connectedCall(board.api, [guest]);
  const add = (target: string) =>
    board.api('POST', `calls/${callId}/participants`, { target, callerId }, { prefer: 'wait=20' });
  await add(callee);
  await add(another);
  const { body } = await withRoster(callId, (roster) => roster.length === 3);
  expect(body.roster).toMatchObject([
    { participant: guest, role: 'target', status: 'connected' },
    { participant: callee, role: 'added', status: 'connected', invitedAt: time, joinedAt: time },
    { participant: another, role: 'added', status: 'failed', reason: 'declined', invitedAt: time },
  ]);
  const { participantId: id } = body.roster[1];
  await board.api('DELETE', `calls/${callId}/participants/${id}`, undefined, { prefer: 'wait=20' });
  const { body: left } = await withRoster(callId, (roster) => roster[1]?.status === 'left');
  expect(left.roster[1]).toMatchObject({ participant: callee, reason: 'hungUp', leftAt: time });
});

test('people who are moved are in the roster of both calls', async () => {
  await Promise.all([script(guest, 'answer'), script(callee, 'answer'), script(another, 'answer')]);
  const [fromCallId, callId] = await Promise.all([
    connectedCall(board.api, [guest, another]),
    connectedCall(board.api, [callee]),
  ]);
  const participants = [guest];
  await board.api('POST', `calls/${callId}/participants/move`, { participants, fromCallId }, { prefer: 'wait=20' });
  const { body } = await withRoster(callId, (roster) => roster.some(({ participant }) => participant === guest));
  expect(body.roster).toMatchObject([
    { participant: callee, role: 'target' },
    { participant: guest, role: 'moved', status: 'connected', joinedAt: time },
  ]);
  const { body: source } = await withRoster(fromCallId, (roster) => roster.some(({ status }) => status === 'left'));
  expect(source.roster).toMatchObject([
    { participant: another, role: 'target', status: 'connected' },
    { participant: guest, role: 'target', status: 'left', reason: 'calleeLeft', leftAt: time },
  ]);
});

test('metadata of a call are merged, and null removes one, also after the end', async () => {
  await script(callee, 'decline');
  const { body } = await place([callee]);
  await over(body.callId);
  const path = `calls/${body.callId}`;
  const changed = await board.api('PATCH', path, { metadata: { ticket: null, draft: 'yes', agent: 'Kim' } });
  expect(changed).toMatchObject({ status: 200, body: { metadata: { draft: 'yes', agent: 'Kim' } } });
  expect(changed.body.metadata).not.toHaveProperty('ticket');
  const many = Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`k${index}`, '']));
  expect(await board.api('PATCH', path, { metadata: many })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'metadata', message: 'a call has at most 20 keys' }] },
  });
  expect((await board.api('PATCH', path, { metadata: { ['k'.repeat(41)]: '' } })).status).toBe(422);
  expect((await board.api('PATCH', path, { metadata: { k: 'v'.repeat(501) } })).status).toBe(422);
  expect((await board.api('GET', path)).body.metadata).toEqual({ draft: 'yes', agent: 'Kim' });
});

test('operations of a rule say which rule requested them', async () => {
  const to = '+14255550176';
  await board.api('PUT', 'routing-rules/answers', {
    priority: 1,
    match: { to },
    action: { kind: 'answer', ...labels },
  });
  const { incomingCallId } = await dialIn(board, { to });
  await becomes(board, incomingCallId, 'answered');
  const { body } = await board.api('GET', `operations/${incomingCallId}`);
  expect(body.requestedBy).toEqual({ kind: 'rule', id: 'answers' });
  expect((await board.api('GET', `calls/${incomingCallId}`)).body).toMatchObject(labels);
});
