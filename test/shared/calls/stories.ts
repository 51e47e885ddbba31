/** Builders of calls and events, and the events of whole calls, for the tests of the pure core. */
import { type CallRecord, newCallRecord } from '../../../shared/calls/call.ts';
import type { CallEvent, EventKind } from '../../../shared/calls/event.ts';
import type { OpenOperation } from '../../../shared/calls/operation-life/open-operation.ts';
import type { RosterRole } from '../../../shared/calls/roster-facts.ts';

const callId = '7d2bd5cf-9f52-4d63-9f0c-0b8c9a7f4e11';
export const now = '2026-01-01T12:01:00.000Z';

/** A call as it is when createCall was sent. */
export function aCall(over: Partial<CallRecord> = {}): CallRecord {
  return newCallRecord({ salt: 'salt', callId, direction: 'outbound', createdAt: '2026-01-01T12:00:00.000Z', ...over });
}

/** Without a grace period: a presumed outcome settles its operation at once. */
export const clock = { now, graceEndsAt: now };

/** With one that no event of a test exceeds. */
export const graceClock = { now, graceEndsAt: '2026-01-01T12:01:01.000Z' };

/** After it. */
export const afterGrace = { now: graceClock.graceEndsAt, graceEndsAt: '2026-01-01T12:01:02.000Z' };

/** An operation that ACS accepted. */
export function anOpenOperation(name: string, over: Partial<OpenOperation> = {}): OpenOperation {
  return { name, life: { state: 'sent' }, dueAt: '2026-01-01T12:05:00.000Z', about: [], ...over };
}

let made = 0;

/** An event; each has an id of its own, and a second more than the one before. */
export function anEvent(kind: EventKind, over: Partial<CallEvent> = {}): CallEvent {
  made += 1;
  const at = new Date(Date.parse('2026-01-01T12:00:00.000Z') + made * 1000).toISOString();
  return {
    id: `event-${made}`,
    at,
    kind,
    callConnectionId: 'cc-1',
    serverCallId: 'sc-1',
    correlationId: 'co-1',
    ...over,
  };
}

const present = (participant: string, isMuted = false) => ({ participant, isMuted, isOnHold: false });
const success = { code: 200, subCode: 0, message: '' };
const create = '00000000-0000-4000-8000-000000000001';
const second = '00000000-0000-4000-8000-000000000002';
const third = '00000000-0000-4000-8000-000000000003';

/** A roster of people whom the first operation asked into the call. */
function invited(role: RosterRole, ...participants: string[]): CallRecord['roster'] {
  const invitation = { operationId: create, at: '2026-01-01T12:00:00.000Z' };
  return Object.fromEntries(participants.map((participant) => [participant, { role, invitation }]));
}

/** An operation that fails after its call has ended, by an event that ACS raised earlier. */
function failsLate(name: string, kind: EventKind, code: number, subCode: number) {
  return {
    open: { [create]: anOpenOperation(name, { about: ['8:acs:a'] }) },
    events: [
      anEvent('CallDisconnected', { result: { code: 200, subCode: 0, message: 'ended' } }),
      anEvent(kind, { operationContext: create, result: { code, subCode, message: 'why' } }),
    ],
  };
}

/** Whole calls: the operations that were open, and the events in the order in which ACS raised them. */
export const stories: Readonly<
  Record<string, { open: CallRecord['open']; roster?: CallRecord['roster']; events: readonly CallEvent[] }>
> = {
  'a call that is answered and hung up': {
    roster: invited('target', '+14255550123'),
    open: { [create]: anOpenOperation('createCall'), [second]: anOpenOperation('hangUp') },
    events: [
      anEvent('CallConnected', { operationContext: create }),
      anEvent('ParticipantsUpdated', { sequenceNumber: 1, participants: [present('+14255550123')] }),
      anEvent('CallDisconnected', { operationContext: create, result: { code: 200, subCode: 7000, message: 'ended' } }),
    ],
  },
  'a call that is declined': {
    roster: invited('target', '+14255550123'),
    open: { [create]: anOpenOperation('createCall') },
    events: [
      anEvent('CreateCallFailed', {
        operationContext: create,
        result: { code: 200, subCode: 5002, message: 'declined' },
      }),
      anEvent('CallDisconnected', {
        operationContext: create,
        result: { code: 200, subCode: 5002, message: 'declined' },
      }),
    ],
  },
  'a participant who is added, muted and removed': {
    roster: invited('added', '8:acs:a'),
    open: {
      [create]: anOpenOperation('addParticipant', { about: ['8:acs:a'], result: { invitationId: 'inv-1' } }),
      [second]: anOpenOperation('muteParticipant', { about: ['8:acs:a'] }),
      [third]: anOpenOperation('removeParticipant', { about: ['8:acs:a'] }),
    },
    events: [
      anEvent('CallConnected'),
      anEvent('AddParticipantSucceeded', { operationContext: create, participant: '8:acs:a', result: success }),
      anEvent('ParticipantsUpdated', { sequenceNumber: 2, participants: [present('8:acs:a')] }),
      anEvent('ParticipantsUpdated', { sequenceNumber: 4, participants: [present('8:acs:a', true)] }),
      anEvent('RemoveParticipantSucceeded', { operationContext: third, participant: '8:acs:a', result: success }),
      anEvent('ParticipantsUpdated', { sequenceNumber: 5, participants: [] }),
      anEvent('CallDisconnected', { result: { code: 200, subCode: 7000, message: 'ended' } }),
    ],
  },
  'an invitation that is canceled': {
    roster: invited('added', '8:acs:a'),
    open: {
      [create]: anOpenOperation('addParticipant', { result: { invitationId: 'inv-2' } }),
      [second]: anOpenOperation('cancelAddParticipant'),
    },
    events: [
      anEvent('CancelAddParticipantSucceeded', { operationContext: second, invitationId: 'inv-2', result: success }),
      anEvent('AddParticipantFailed', {
        operationContext: create,
        result: { code: 487, subCode: 8542, message: 'canceled' },
      }),
    ],
  },
  'two participants who are moved, one of them gone': {
    roster: invited('moved', '8:acs:a', '8:acs:b'),
    open: { [create]: anOpenOperation('moveParticipants', { about: ['8:acs:a', '8:acs:b'] }) },
    events: [
      anEvent('MoveParticipantSucceeded', { operationContext: create, participant: '8:acs:a', result: success }),
      anEvent('MoveParticipantFailed', {
        operationContext: create,
        participant: '8:acs:b',
        result: { code: 400, subCode: 8558, message: 'absent' },
      }),
    ],
  },
  'two participants who are moved': {
    open: { [create]: anOpenOperation('moveParticipants', { about: ['8:acs:a', '8:acs:b'] }) },
    events: [
      anEvent('MoveParticipantSucceeded', { operationContext: create, participant: '8:acs:a', result: success }),
      anEvent('MoveParticipantSucceeded', { operationContext: create, participant: '8:acs:b', result: success }),
    ],
  },
  'a transfer that ends our part': {
    roster: { '+14255550123': { role: 'target' }, ...invited('transferred', '+14255550124') },
    open: { [create]: anOpenOperation('transferCall') },
    events: [
      anEvent('CallConnected'),
      anEvent('CallTransferAccepted', { operationContext: create, result: success }),
      anEvent('CallDisconnected', { result: { code: 200, subCode: 7015, message: 'transferred' } }),
    ],
  },
  'an invitation that is declined while the call ends': failsLate('addParticipant', 'AddParticipantFailed', 486, 8539),
  'a recognition that fails while the call ends': failsLate('recognize', 'RecognizeFailed', 400, 8528),
  'a play that fails while the call ends': failsLate('play', 'PlayFailed', 500, 8572),
  'tones that cannot be sent while the call ends': failsLate('sendDtmfTones', 'SendDtmfTonesFailed', 400, 8528),
  'a hold whose music fails': {
    open: { [create]: anOpenOperation('hold', { about: ['8:acs:a'] }) },
    events: [
      anEvent('ParticipantsUpdated', {
        sequenceNumber: 1,
        participants: [{ participant: '8:acs:a', isMuted: false, isOnHold: true }],
      }),
      anEvent('HoldFailed', { operationContext: create, result: { code: 400, subCode: 8536, message: 'music' } }),
      anEvent('CallDisconnected', { result: { code: 200, subCode: 0, message: 'ended' } }),
    ],
  },
  'an operation whose own event is lost': {
    open: { [create]: anOpenOperation('transferCall'), [second]: anOpenOperation('hold', { about: ['8:acs:a'] }) },
    events: [
      anEvent('CreateCallFailed', { result: { code: 487, subCode: 5003, message: 'canceled' } }),
      anEvent('CallDisconnected', { result: { code: 200, subCode: 7000, message: 'ended' } }),
    ],
  },
  'a room call that cannot be joined': {
    open: { [create]: anOpenOperation('connectCall') },
    events: [
      anEvent('ConnectFailed', { operationContext: create, result: { code: 404, subCode: 8522, message: 'no room' } }),
    ],
  },
};
