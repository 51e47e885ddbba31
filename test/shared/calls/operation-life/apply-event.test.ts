import { expect, test } from 'vitest';
import type { CallEvent } from '../../../../shared/calls/event.ts';
import { type Settled, settlePresumed, unadvanced } from '../../../../shared/calls/operation-life/advance.ts';
import { applyAndSettle } from '../../../../shared/calls/operation-life/apply-event.ts';
import { wasConfirmedSince } from '../../../../shared/calls/operation-life/buffered-events.ts';
import type { Settlement } from '../../../../shared/calls/operation-life/settlement.ts';
import { operations, settlements } from '../../../../shared/operations/index.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { aCall, afterGrace, anEvent, anOpenOperation, clock, graceClock, now } from '../stories.ts';

const id = '00000000-0000-4000-8000-00000000000a';

function take(open: Parameters<typeof aCall>[0], ...event: Parameters<typeof anEvent>) {
  return applyAndSettle(aCall(open), anEvent(...event), settlements, clock);
}

const byEvent = (operations as readonly Operation[]).flatMap(({ name, settles }) =>
  settles.by === 'event' ? [{ name, settles }] : [],
);

test.each(byEvent)('$name succeeds with its event and fails with its others', ({ name, settles }) => {
  const open = { [id]: anOpenOperation(name) };
  const succeeded = take({ open }, settles.success[0], { operationContext: id });
  expect(succeeded.settled).toMatchObject([{ operationId: id, outcome: { status: 'succeeded', settledBy: 'event' } }]);
  expect(succeeded.call.open).toEqual({});
  for (const kind of settles.failure) {
    const result = { code: 400, subCode: 8523, message: 'no' };
    expect(take({ open }, kind, { operationContext: id, result }).settled).toMatchObject([
      { operationId: id, outcome: { status: 'failed', error: { source: 'acs', acsCode: 400, acsSubCode: 8523 } } },
    ]);
  }
  for (const kind of settles.canceled ?? []) {
    expect(take({ open }, kind, { operationContext: id }).settled).toMatchObject([
      { operationId: id, outcome: { status: 'canceled' } },
    ]);
  }
});

test.each(byEvent)('the outcome of $name is buffered when its event overtakes the response', ({ settles }) => {
  const { call, settled } = take({}, settles.success[0], { operationContext: id });
  expect(settled).toEqual([]);
  expect(call.buffered[id]?.outcome).toMatchObject({ status: 'succeeded', settledBy: 'event' });
});

test.each(byEvent)('an event of $name that arrives after it settled is not buffered', ({ settles }) => {
  const { call, settled } = take({ recentlySettled: { [id]: {} } }, settles.success[0], { operationContext: id });
  expect(settled).toEqual([]);
  expect(call.buffered).toEqual({});
});

test('a failure of one of several that is buffered stands in whichever order the events arrive', () => {
  const report = (kind: 'MoveParticipantSucceeded' | 'MoveParticipantFailed', participant: string) =>
    anEvent(kind, { operationContext: id, participant });
  const events = [report('MoveParticipantSucceeded', '8:acs:a'), report('MoveParticipantFailed', '8:acs:b')];
  for (const order of [events, events.toReversed()]) {
    const call = order.reduce((before, event) => applyAndSettle(before, event, settlements, clock).call, aCall());
    expect(call.buffered[id]).toMatchObject({
      outcome: { status: 'failed' },
      participants: expect.arrayContaining(['8:acs:a', '8:acs:b']),
    });
  }
});

test('an event of another operation settles nothing', () => {
  const { call, settled } = take({ open: { [id]: anOpenOperation('addParticipant') } }, 'AddParticipantSucceeded', {
    operationContext: 'another',
  });
  expect(settled).toEqual([]);
  expect(Object.keys(call.open)).toEqual([id]);
});

test('the end of the call fails what is open, and is what a hang-up waited for', () => {
  const open = { [id]: anOpenOperation('addParticipant', { about: ['8:acs:a'] }), hangUp: anOpenOperation('hangUp') };
  const { settled } = take({ open, status: 'connected' }, 'CallDisconnected', {
    result: { code: 200, subCode: 7000, message: 'ended' },
  });
  expect(settled).toMatchObject([
    { operationId: id, outcome: { status: 'failed', error: { code: 'callEnded', source: 'acs', acsSubCode: 7000 } } },
    { operationId: 'hangUp', outcome: { status: 'succeeded' } },
  ]);
});

test('an event that names an operation outranks the end of its call within the grace period', () => {
  const open = { [id]: anOpenOperation('transferCall') };
  const before = aCall({ open, status: 'connected' });
  const ended = applyAndSettle(before, anEvent('CallDisconnected'), settlements, graceClock);
  expect(ended).toMatchObject({ settled: [], presumed: [{ operationId: id, until: graceClock.graceEndsAt }] });
  const accepted = anEvent('CallTransferAccepted', { operationContext: id });
  const settled = applyAndSettle(ended.call, accepted, settlements, graceClock);
  expect(settled.settled).toMatchObject([{ operationId: id, outcome: { status: 'succeeded' } }]);
  expect(settled.call.open).toEqual({});
});

test('what the end of a call settles is final once its grace period is over', () => {
  const open = { [id]: anOpenOperation('transferCall') };
  const ended = applyAndSettle(aCall({ open }), anEvent('CallDisconnected'), settlements, graceClock);
  expect(settlePresumed(unadvanced(ended.call), settlements, graceClock).settled).toEqual([]);
  const { call, settled } = settlePresumed(unadvanced(ended.call), settlements, afterGrace);
  expect(settled).toMatchObject([
    { operationId: id, outcome: { status: 'failed', settledAt: afterGrace.now, error: { code: 'callEnded' } } },
  ]);
  const late = applyAndSettle(call, anEvent('CallTransferAccepted', { operationContext: id }), settlements, afterGrace);
  expect(late.settled).toEqual([]);
  expect(late.call.open).toEqual({});
});

test('a mute is settled by the participant list that shows it, not by one that does not', () => {
  const open = { [id]: anOpenOperation('muteParticipant', { about: ['8:acs:a'] }) };
  const list = (isMuted: boolean) => ({ participants: [{ participant: '8:acs:a', isMuted, isOnHold: false }] });
  expect(take({ open }, 'ParticipantsUpdated').settled).toEqual([]);
  expect(take({ open }, 'ParticipantsUpdated', list(false)).settled).toEqual([]);
  expect(take({ open }, 'ParticipantsUpdated', list(true)).settled).toMatchObject([{ operationId: id }]);
});

test('an invitation that ACS reports as canceled ends canceled, by whichever event', () => {
  const open = { [id]: anOpenOperation('addParticipant', { result: { invitationId: 'inv' } }) };
  const reported = [
    take({ open }, 'CancelAddParticipantSucceeded', { invitationId: 'inv', operationContext: 'cancel' }),
    take({ open }, 'AddParticipantFailed', { operationContext: id, result: { code: 487, subCode: 8542, message: '' } }),
  ];
  expect(reported.map(({ settled }) => settled[0]?.outcome.status)).toEqual(['canceled', 'canceled']);
});

test('an invitation of another add is left alone by a cancel', () => {
  const open = { [id]: anOpenOperation('addParticipant', { result: { invitationId: 'another' } }) };
  expect(take({ open }, 'CancelAddParticipantSucceeded', { invitationId: 'inv' }).settled).toEqual([]);
});

test('a failure without result information still says what failed', () => {
  const { settled } = take({ open: { [id]: anOpenOperation('transferCall') } }, 'CallTransferFailed', {
    operationContext: id,
  });
  expect(settled[0]?.outcome.error).toEqual({
    code: 'callTransferFailed',
    message: 'ACS reported CallTransferFailed.',
    source: 'acs',
  });
});

test('an event under the context of the operation that started it settles the one that waits for its kind', () => {
  const open = { [id]: anOpenOperation('updateTranscription') };
  const { settled, call } = take({ open }, 'TranscriptionUpdated', { operationContext: 'the start' });
  expect(settled).toMatchObject([{ operationId: id, outcome: { status: 'succeeded' } }]);
  expect(call.open).toEqual({});
});

test('an event that names one of two operations waiting for its kind settles that one only', () => {
  const open = { first: anOpenOperation('stopTranscription'), [id]: anOpenOperation('stopTranscription') };
  expect(take({ open }, 'TranscriptionStopped', { operationContext: id }).settled).toMatchObject([{ operationId: id }]);
  expect(take({ open }, 'TranscriptionStopped', { operationContext: 'neither' }).settled).toMatchObject([
    { operationId: 'first' },
  ]);
});

test('the time of an event that need not name its operation confirms one whose response it overtook', () => {
  const { call } = take({}, 'MediaStreamingStopped', { operationContext: 'the start' });
  const settlement = settlements.get('stopMediaStreaming') as Settlement;
  expect(wasConfirmedSince(call, settlement, now)).toBe(true);
  expect(wasConfirmedSince(call, settlement, '2027-01-01T00:00:00.000Z')).toBe(false);
  expect(wasConfirmedSince(aCall(), settlement, now)).toBe(false);
  expect(wasConfirmedSince(call, settlements.get('hold') as Settlement, now)).toBe(false);
});

test('a hold succeeds by the list that shows it, unless its failure arrives before or within the grace period', () => {
  const held = { participant: '8:acs:a', isMuted: false, isOnHold: true };
  const open = { [id]: anOpenOperation('hold', { about: ['8:acs:a'] }) };
  const list = anEvent('ParticipantsUpdated', { participants: [held], sequenceNumber: 1 });
  const failed = anEvent('HoldFailed', { operationContext: id, result: { code: 400, subCode: 8536, message: '' } });
  const statuses = (events: readonly CallEvent[]) => {
    const settled: Settled[] = [];
    const call = events.reduce((before, event) => {
      const applied = applyAndSettle(before, event, settlements, graceClock);
      settled.push(...applied.settled);
      return applied.call;
    }, aCall({ open }));
    settled.push(...settlePresumed(unadvanced(call), settlements, afterGrace).settled);
    return settled.map(({ outcome }) => outcome.status);
  };
  expect(statuses([list])).toEqual(['succeeded']);
  expect(statuses([list, { ...list, id: 'again', sequenceNumber: 2 }])).toEqual(['succeeded']);
  expect(statuses([list, failed])).toEqual(['failed']);
  expect(statuses([failed, list])).toEqual(['failed']);
});

test('what an event reports besides becomes the result of its operation', () => {
  const detail = { recognitionType: 'dtmf', tones: ['one'] };
  const open = { [id]: anOpenOperation('recognize', { about: ['8:acs:a'] }) };
  const { settled } = take({ open }, 'RecognizeCompleted', { operationContext: id, detail });
  expect(settled).toMatchObject([{ outcome: { status: 'succeeded', result: detail } }]);
});
