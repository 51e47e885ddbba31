/** The notifications that a change of a call causes, and the sequences that it wakes. */
import { fromIdentifier } from '../../acs/wire/identifiers.ts';
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import type { RawEvent } from '../../calls/event.ts';
import { maskedEvent, maskedResult } from '../../calls/masking.ts';
import type { Settled } from '../../calls/operation-life/advance.ts';
import { withResult } from '../../calls/operation-life/outcome.ts';
import type { Origin } from '../../calls/origin.ts';
import { participantIdOf } from '../../calls/participant-id.ts';
import { departed } from '../../calls/presence.ts';
import { toRecording } from '../../calls/recording/recording.ts';
import { operationSettled, recordingEnded, relayed } from '../../webhooks/cloud-event.ts';
import type { Notification } from '../../webhooks/outbox-message.ts';

/** An event of ACS, for webhooks and for the `notifyUrl` of the operation that it names. */
export function eventNotification(
  call: Pick<CallRecord, 'callId' | 'salt'>,
  event: RawEvent,
  origin: Origin,
): Notification {
  const participant = participantIn(event);
  const participantId = participant === undefined ? undefined : participantIdOf(call, participant);
  const relayedAs = (shown: RawEvent) => relayed(call.callId, shown, { ...origin, participantId });
  return {
    event: relayedAs(maskedEvent(event, origin)),
    notifyUrl: origin.notifyUrl,
    ...(isForNotifyUrl(origin) && { unmasked: relayedAs(event) }),
  };
}

/** Whether the `notifyUrl` gets what is masked for everyone else: no sequence reads it. */
function isForNotifyUrl({ masked, sequenceId }: Origin): boolean {
  return masked === true && sequenceId === undefined;
}

/** The one participant that an event of ACS is about. */
function participantIn({ data: { participant } }: RawEvent): string | undefined {
  const isIdentifier = typeof participant === 'object' && participant !== null && 'rawId' in participant;
  return isIdentifier ? fromIdentifier({ id: String(participant.rawId) }) : undefined;
}

/** An operation that settled. */
export function settledNotification(callId: string, settled: Settled, origin: Origin = {}): Notification {
  const { result, ...outcome } = settled.outcome;
  const shown = { ...settled, outcome: { ...outcome, ...(result && { result: maskedResult(result, origin) }) } };
  return {
    event: operationSettled(callId, shown, origin),
    notifyUrl: origin.notifyUrl,
    ...(isForNotifyUrl(origin) && { unmasked: operationSettled(callId, settled, origin) }),
  };
}

/** Operations that settled and were open before. */
export function settledNotifications(before: CallRecord, settled: readonly Settled[]): Notification[] {
  return settled.map((one) => {
    const open = before.open[one.operationId];
    return settledNotification(before.callId, { ...one, outcome: withResult(one.outcome, open?.result) }, open?.origin);
  });
}

/** Recordings that ended: their files are in the archive, also those that ACS reported later, or will not be there. */
export function recordingNotifications(before: CallRecord, after: CallRecord, now: string): Notification[] {
  return Object.keys(after.recordings).flatMap((recordingId) => {
    const [known, recording] = [toRecording(before, recordingId), toRecording(after, recordingId)];
    const hasEnded = recording?.status === 'archived' || recording?.status === 'failed';
    const isKnown = hasEnded && known?.status === recording.status;
    const isMore = isKnown && known.files.length < recording.files.length;
    const { notifyUrl } = after.recordings[recordingId]?.origin ?? {};
    return hasEnded && (!isKnown || isMore) ? [{ event: recordingEnded(recording, now, isMore), notifyUrl }] : [];
  });
}

/**
 * The sequences that a change of a call wakes: an operation of theirs settled, they received an event, a participant left or
 * the call ended.
 */
export function sequencesToWake(before: CallRecord, after: CallRecord, settled: readonly Settled[]): readonly string[] {
  const owners = settled.flatMap(({ operationId }) => {
    const { sequenceId, digitsSequenceId } = before.open[operationId]?.origin ?? {};
    return [sequenceId, digitsSequenceId].filter((one) => one !== undefined);
  });
  const isOver = hasEnded(after) && !hasEnded(before);
  const left = new Set(departed(before));
  const hasLost = departed(after).some((one) => !left.has(one));
  const watchers = Object.entries(after.watchers ?? {})
    .filter(([id, { received }]) => isOver || hasLost || received !== before.watchers?.[id]?.received)
    .map(([id]) => id);
  return [...new Set([...owners, ...watchers])];
}
