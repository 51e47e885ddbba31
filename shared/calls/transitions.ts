/** What each event of ACS changes in a call: one entry per kind of the SDK, so that a new kind does not compile until it has one. */
import { type CallRecord, hasEnded } from './call.ts';
import { listeningFailed } from './continuous-dtmf.ts';
import { earliest } from './earliest.ts';
import type { CallEvent, EventKind } from './event.ts';
import { recordingEvent } from './recording/recording-facts.ts';
import { listStamp, withHandedOver, withListed, withPresent, withRemoved } from './roster-changes.ts';
import { type RosterRole, soleParty } from './roster-facts.ts';
import { streamEvent } from './stream.ts';

type Transition = (call: CallRecord, event: CallEvent) => CallRecord;

/** The event changes nothing in the call itself: it settles its operation, if it names one. */
const unchanged: Transition = (call) => call;

/** CallConnected may arrive after CallDisconnected, and any other event of a connected call too: then it only adds when. */
const connected: Transition = (call, event) => ({
  ...call,
  status: hasEnded(call) ? call.status : 'connected',
  connectedAt: earliest(call.connectedAt, event.at),
});

/**
 * CallDisconnected ends the call. A call that also failed stays failed, in whichever order the events arrive.
 * ACS sends both for a call that was not answered (ACS-R2: CreateCallFailed and CallDisconnected, order not fixed).
 */
const disconnected: Transition = (call, event) =>
  ended(call, event, call.status === 'failed' ? 'failed' : 'disconnected', 1);

const failed: Transition = (call, event) => ended(call, event, 'failed', 2);

/** `sequenceNumber` is the only order ACS gives; it starts at 0 or 1 and may skip, so only the highest counts. */
const participantsUpdated: Transition = (call, event) => {
  const stamp = listStamp(event.sequenceNumber ?? 0, event.at);
  const order = `${stamp}/${event.id}`;
  const { participants = [] } = event;
  const listed = withListed(
    call,
    participants.map(({ participant }) => participant),
    stamp,
  );
  return call.participantsOrder !== undefined && order <= call.participantsOrder
    ? listed
    : { ...listed, participants, participantsOrder: order };
};

/** CallConnected shows the only other party of a call in it; of several it says nothing. */
const established: Transition = (call, event) => {
  const party = soleParty(call);
  const next = connected(call, event);
  return party === undefined ? next : withPresent(next, party, 'joined', event.at);
};

/** The event reports one person in the call, where ACS lists people only when the list changes. */
const joined =
  (role: RosterRole): Transition =>
  (call, { participant, at }) =>
    participant === undefined ? call : withPresent(call, participant, role, at);

const removed: Transition = (call, { participant, at }) =>
  participant === undefined ? call : withRemoved(call, participant, at);

/** The event names the target in a form of its own, so that it is found by the operation. */
const handedOver: Transition = (call, { operationContext, at }) =>
  operationContext === undefined ? call : withHandedOver(call, operationContext, at);

export const transitions: { readonly [Kind in EventKind]: Transition } = {
  CallConnected: established,
  CallDisconnected: disconnected,
  CreateCallFailed: failed,
  AnswerFailed: failed,
  ConnectFailed: failed,
  ParticipantsUpdated: participantsUpdated,
  CallTransferAccepted: handedOver,
  CallTransferFailed: unchanged,
  AddParticipantSucceeded: joined('added'),
  AddParticipantFailed: unchanged,
  CancelAddParticipantSucceeded: unchanged,
  CancelAddParticipantFailed: unchanged,
  RemoveParticipantSucceeded: removed,
  RemoveParticipantFailed: unchanged,
  MoveParticipantSucceeded: joined('moved'),
  MoveParticipantFailed: unchanged,
  HoldFailed: unchanged,
  PlayStarted: unchanged,
  PlayCompleted: unchanged,
  PlayFailed: unchanged,
  PlayCanceled: unchanged,
  RecognizeCompleted: unchanged,
  RecognizeFailed: unchanged,
  RecognizeCanceled: unchanged,
  SendDtmfTonesCompleted: unchanged,
  SendDtmfTonesFailed: unchanged,
  ContinuousDtmfRecognitionToneReceived: unchanged,
  ContinuousDtmfRecognitionToneFailed: listeningFailed,
  ContinuousDtmfRecognitionStopped: unchanged,
  RecordingStateChanged: recordingEvent,
  StartRecordingFailed: recordingEvent,
  MediaStreamingStarted: streamEvent('mediaStreaming', 'active'),
  MediaStreamingStopped: streamEvent('mediaStreaming', 'stopped'),
  MediaStreamingFailed: streamEvent('mediaStreaming', 'failed'),
  TranscriptionStarted: streamEvent('transcription', 'active'),
  TranscriptionUpdated: unchanged,
  TranscriptionStopped: streamEvent('transcription', 'stopped'),
  TranscriptionFailed: streamEvent('transcription', 'failed'),
};

/** Events whose `callConnectionId` is another, internal id of ACS (ACS-R3, RecordingStateChanged). */
const foreignConnection: ReadonlySet<EventKind> = new Set(['RecordingStateChanged', 'StartRecordingFailed']);

/** Whether an event is another call's: the connection that it names is not the one that is known. Ids are GUIDs in either case. */
export function isOfOtherCall({ callConnectionId: known }: CallRecord, { kind, callConnectionId }: CallEvent): boolean {
  return (
    known !== undefined &&
    callConnectionId !== undefined &&
    known.toLowerCase() !== callConnectionId.toLowerCase() &&
    !foreignConnection.has(kind)
  );
}

/** Events that only a connected call raises: each shows the connection as well as CallConnected, which may be lost. */
const ofConnectedCall: ReadonlySet<EventKind> = new Set([
  'CallTransferAccepted',
  'AddParticipantSucceeded',
  'RemoveParticipantSucceeded',
  'MoveParticipantSucceeded',
  'PlayStarted',
  'PlayCompleted',
  'RecognizeCompleted',
  'SendDtmfTonesCompleted',
  'ContinuousDtmfRecognitionToneReceived',
  'MediaStreamingStarted',
  'TranscriptionStarted',
  'TranscriptionUpdated',
]);

/** The call after the event. Pure; the same events in any order, any of them twice, end in the same call. */
export function applyEvent(call: CallRecord, event: CallEvent): CallRecord {
  const next = transitions[event.kind](revived(leaveRinging(call)), event);
  const shown = isOfConnectedCall(event) ? connected(next, event) : next;
  return foreignConnection.has(event.kind) ? shown : identified(shown, event);
}

function isOfConnectedCall({ kind, participants = [] }: CallEvent): boolean {
  return ofConnectedCall.has(kind) || (kind === 'ParticipantsUpdated' && participants.length > 0);
}

/**
 * An event shows that ACS has the call: one that was unknown, or whose request seemed to be refused, exists after all. A
 * call with a connection is not revived: ACS never reuses one.
 */
function revived(call: CallRecord): CallRecord {
  const isUnmade = hasEnded(call) && call.callConnectionId === undefined && call.endOrder === undefined;
  if (call.status !== 'unknown' && !isUnmade) {
    return call;
  }
  const { endedAt: _, end: __, ...others } = call;
  return { ...others, status: 'connecting' };
}

/** An event of a call that still rings means that ACS accepted the answer, whose response is not stored yet. */
function leaveRinging(call: CallRecord): CallRecord {
  return call.status === 'ringing' ? answered(call) : call;
}

/** The call once ACS accepted the answer: an incoming call no longer rings, and a call exists. */
export function answered(call: CallRecord): CallRecord {
  return {
    ...call,
    status: call.status === 'ringing' ? 'connecting' : call.status,
    ...(call.incoming && { incoming: { ...call.incoming, status: 'answered' } }),
  };
}

function ended(call: CallRecord, event: CallEvent, status: 'disconnected' | 'failed', weight: 1 | 2): CallRecord {
  const order = `${weight}/${event.at}/${event.id}`;
  const isStronger = event.result !== undefined && (call.endOrder === undefined || order > call.endOrder);
  return {
    ...call,
    status,
    endedAt: earliest(call.endedAt, event.at),
    ...(isStronger && {
      end: { acsCode: event.result.code, acsSubCode: event.result.subCode, acsMessage: event.result.message },
      endOrder: order,
    }),
  };
}

function identified(call: CallRecord, event: CallEvent): CallRecord {
  const callConnectionId = call.callConnectionId ?? event.callConnectionId;
  const serverCallId = call.serverCallId ?? event.serverCallId;
  const correlationId = call.correlationId ?? event.correlationId;
  return {
    ...call,
    ...(callConnectionId !== undefined && { callConnectionId }),
    ...(serverCallId !== undefined && { serverCallId }),
    ...(correlationId !== undefined && { correlationId }),
  };
}
