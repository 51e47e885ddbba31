import { expect, test } from 'vitest';
import type { CallEvent } from '../../../../shared/calls/event.ts';
import {
  applyAndSettle,
  type Settled,
  type Settlement,
  wasConfirmedSince,
} from '../../../../shared/calls/operation-life/settlement.ts';
import { operations, settlements } from '../../../../shared/operations/index.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { aCall, anEvent, anOpenOperation, now } from '../stories.ts';

const id = '00000000-0000-4000-8000-00000000000a';

function take(open: Parameters<typeof aCall>[0], ...event: Parameters<typeof anEvent>) {
  return applyAndSettle(aCall(open), anEvent(...event), settlements, now);
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
      { operationId: id, outcome: { status: 'failed', error: { source: 'acs', acsCode: '400', acsSubCode: 8523 } } },
    ]);
  }
  for (const kind of settles.canceled ?? []) {
    expect(take({ open }, kind, { operationContext: id }).settled).toMatchObject([
      { operationId: id, outcome: { status: 'canceled' } },
    ]);
  }
});

test.each(byEvent)('the outcome of $name waits when its event overtakes the answer', ({ settles }) => {
  const { call, settled } = take({}, settles.success[0], { operationContext: id });
  expect(settled).toEqual([]);
  expect(call.buffered[id]?.outcome).toMatchObject({ status: 'succeeded', settledBy: 'event' });
});

test.each(byEvent)('an event of $name that comes after it closed is not taken for an early one', ({ settles }) => {
  const { call, settled } = take({ recentlySettled: { [id]: {} } }, settles.success[0], { operationContext: id });
  expect(settled).toEqual([]);
  expect(call.buffered).toEqual({});
});

test('a failure of one of several, told before the answer of ACS, stands in whichever order they are told', () => {
  const tell = (kind: 'MoveParticipantSucceeded' | 'MoveParticipantFailed', participant: string) =>
    anEvent(kind, { operationContext: id, participant });
  const events = [tell('MoveParticipantSucceeded', '8:acs:a'), tell('MoveParticipantFailed', '8:acs:b')];
  for (const order of [events, events.toReversed()]) {
    const call = order.reduce((before, event) => applyAndSettle(before, event, settlements, now).call, aCall());
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

test('an event that names an operation tells better than the end of its call did', () => {
  const open = { [id]: anOpenOperation('transferCall') };
  const ended = applyAndSettle(aCall({ open, status: 'connected' }), anEvent('CallDisconnected'), settlements, now);
  const accepted = applyAndSettle(
    ended.call,
    anEvent('CallTransferAccepted', { operationContext: id }),
    settlements,
    now,
  );
  expect(ended.settled).toMatchObject([{ outcome: { status: 'failed', error: { code: 'callEnded' } } }]);
  expect(accepted.settled).toMatchObject([{ operationId: id, outcome: { status: 'succeeded' } }]);
  expect(accepted.call.open).toEqual({});
});

test('a mute is settled by the participant list that shows it, not by one that does not', () => {
  const open = { [id]: anOpenOperation('muteParticipant', { about: ['8:acs:a'] }) };
  const list = (isMuted: boolean) => ({ participants: [{ participant: '8:acs:a', isMuted, isOnHold: false }] });
  expect(take({ open }, 'ParticipantsUpdated').settled).toEqual([]);
  expect(take({ open }, 'ParticipantsUpdated', list(false)).settled).toEqual([]);
  expect(take({ open }, 'ParticipantsUpdated', list(true)).settled).toMatchObject([{ operationId: id }]);
});

test('an invitation that ACS reports as canceled ends canceled, in whichever way it is told', () => {
  const open = { [id]: anOpenOperation('addParticipant', { invitationId: 'inv' }) };
  const told = [
    take({ open }, 'CancelAddParticipantSucceeded', { invitationId: 'inv', operationContext: 'cancel' }),
    take({ open }, 'AddParticipantFailed', { operationContext: id, result: { code: 487, subCode: 8542, message: '' } }),
  ];
  expect(told.map(({ settled }) => settled[0]?.outcome.status)).toEqual(['canceled', 'canceled']);
});

test('an invitation of another add is left alone by a cancel', () => {
  const open = { [id]: anOpenOperation('addParticipant', { invitationId: 'another' }) };
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

test('an event under the context of the operation that began it settles the one that waits for its kind', () => {
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

test('an event that need not name its operation is remembered for one whose answer it overtook', () => {
  const { call } = take({}, 'MediaStreamingStopped', { operationContext: 'the start' });
  const settlement = settlements.get('stopMediaStreaming') as Settlement;
  expect(wasConfirmedSince(call, settlement, now)).toBe(true);
  expect(wasConfirmedSince(call, settlement, '2027-01-01T00:00:00.000Z')).toBe(false);
  expect(wasConfirmedSince(aCall(), settlement, now)).toBe(false);
  expect(wasConfirmedSince(call, settlements.get('hold') as Settlement, now)).toBe(false);
});

test('a hold is settled by the list that shows it, unless its failure is told before or after', () => {
  const held = { participant: '8:acs:a', isMuted: false, isOnHold: true };
  const open = { [id]: anOpenOperation('hold', { about: ['8:acs:a'] }) };
  const list = anEvent('ParticipantsUpdated', { participants: [held], sequenceNumber: 1 });
  const failed = anEvent('HoldFailed', { operationContext: id, result: { code: 400, subCode: 8536, message: '' } });
  const told = (events: readonly CallEvent[]) => {
    const settled: Settled[] = [];
    events.reduce((call, event) => {
      const taken = applyAndSettle(call, event, settlements, now);
      settled.push(...taken.settled);
      return taken.call;
    }, aCall({ open }));
    return settled.map(({ outcome }) => outcome.status);
  };
  expect(told([list])).toEqual(['succeeded']);
  expect(told([list, { ...list, id: 'again', sequenceNumber: 2 }])).toEqual(['succeeded']);
  expect(told([list, failed])).toEqual(['succeeded', 'failed']);
  expect(told([failed, list])).toEqual(['failed']);
});

test('what an event tells besides becomes the result of its operation', () => {
  const detail = { recognitionType: 'dtmf', tones: ['one'] };
  const open = { [id]: anOpenOperation('recognize', { about: ['8:acs:a'] }) };
  const { settled } = take({ open }, 'RecognizeCompleted', { operationContext: id, detail });
  expect(settled).toMatchObject([{ outcome: { status: 'succeeded', result: detail } }]);
});
