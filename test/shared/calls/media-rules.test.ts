import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../../shared/calls/call.ts';
import { compatible, type MediaAction, mediaActions } from '../../../shared/calls/media-compatibility.ts';
import { blockingOperation, type MediaUse, mediaActionOf, withoutMedia } from '../../../shared/calls/media-rules.ts';
import { aCall, anOpenOperation, now } from './stories.ts';

const callee = '+14255550123';
const another = '8:acs:another';

/** The table as the documentation prints it: what may not start beside what runs. */
const disallowed: Readonly<Record<MediaAction, readonly MediaAction[]>> = {
  playToAll: [],
  recognizeNonGroup: [],
  playTo: ['playTo', 'recognizeGroup', 'sendDtmf', 'startContinuousDtmf'],
  recognizeGroup: ['playTo', 'recognizeGroup', 'sendDtmf', 'startContinuousDtmf'],
  sendDtmf: ['playTo', 'recognizeGroup', 'sendDtmf', 'startContinuousDtmf'],
  startContinuousDtmf: [],
};

/** A use of each action, for one participant where it has one. */
const uses: Readonly<Record<MediaAction, MediaUse>> = {
  playToAll: { action: 'playToAll', participants: [] },
  recognizeNonGroup: { action: 'recognizeNonGroup', participants: [callee] },
  playTo: { action: 'playTo', participants: [callee] },
  recognizeGroup: { action: 'recognizeNonGroup', actionInGroupCall: 'recognizeGroup', participants: [callee] },
  sendDtmf: { action: 'sendDtmf', participants: [callee] },
  startContinuousDtmf: { action: 'startContinuousDtmf', participants: [callee] },
};

const cells = mediaActions.flatMap((running) => mediaActions.map((started) => ({ running, started })));

/** A call in which an action runs for a participant; a group call where the action to be started is one of group calls. */
function callWith(running: MediaAction, over: Partial<CallRecord> = {}): CallRecord {
  const about = uses[running].participants;
  return aCall({ open: { running: anOpenOperation('play', { media: running, about }) }, ...over });
}

describe('the compatibility table', () => {
  test.each(cells)('$started beside a running $running', ({ running, started }) => {
    const isAllowed = !disallowed[running].includes(started);
    const call = callWith(running, started === 'recognizeGroup' ? { isGroup: true } : {});
    expect(mediaActionOf(uses[started], call)).toBe(started);
    expect(compatible[running].includes(started)).toBe(isAllowed);
    expect(blockingOperation(call, uses[started], now)).toEqual(
      isAllowed ? undefined : { operationId: 'running', name: 'play' },
    );
  });
});

const isBlocked = (call: CallRecord, use: MediaUse = uses.sendDtmf) => blockingOperation(call, use, now) !== undefined;

test('what runs for one participant blocks nothing for another', () => {
  expect(isBlocked(callWith('playTo'))).toBe(true);
  expect(isBlocked(callWith('playTo'), { action: 'sendDtmf', participants: [another] })).toBe(false);
});

test('an action that interrupts is never blocked', () => {
  expect(isBlocked(callWith('sendDtmf'), uses.playTo)).toBe(true);
  expect(isBlocked(callWith('sendDtmf'), { ...uses.playTo, interrupts: true })).toBe(false);
});

test('an operation that is overdue, has a presumed outcome, is canceled or has no media blocks nothing', () => {
  const running = (over: object) =>
    aCall({ open: { running: anOpenOperation('play', { media: 'playTo', about: [callee], ...over }) } });
  expect(isBlocked(running({}))).toBe(true);
  expect(isBlocked(running({ dueAt: now }))).toBe(false);
  expect(isBlocked(running({ life: { state: 'presumed' } }))).toBe(false);
  expect(isBlocked(withoutMedia(running({})))).toBe(false);
  expect(isBlocked(aCall({ open: { running: anOpenOperation('addParticipant', { about: [callee] }) } }))).toBe(false);
});

const present = (participant: string) => ({ participant, isMuted: false, isOnHold: false });

test.each([
  ['made for one target', {}, 'recognizeNonGroup'],
  ['made for several targets', { isGroup: true }, 'recognizeGroup'],
  ['joined', { direction: 'joined' }, 'recognizeGroup'],
  ['with two others in it', { participants: [present(callee), present(another)] }, 'recognizeGroup'],
  [
    'answered as one of two participants',
    { participants: [present(callee), present(another)], incoming: { to: another } },
    'recognizeNonGroup',
  ],
] as const)('a call %s', (_, over, expected) => {
  expect(mediaActionOf(uses.recognizeGroup, aCall(over as Partial<CallRecord>))).toBe(expected);
});
