/**
 * The Event Grid events of calls: IncomingCall; and CallStarted, CallEnded, CallParticipantAdded and -Removed, which
 * exist for VoIP participants only, as documented.
 */

import type { CallEvents, Departure } from '../calls/call-events.ts';
import type { IncomingCall, Invite, Participant, ServerCall } from '../calls/model.ts';
import { displayedCaller } from '../calls/ringing-phone.ts';
import { isPhone } from '../identifiers.ts';
import { type EventGridContext, isTaken, publish } from './publish.ts';

export function publishIncomingCall(context: EventGridContext, incoming: IncomingCall): void {
  publish(context, 'IncomingCall', incomingCall(incoming));
}

/** Whether a subscription would take the IncomingCall of an invite. */
export function isIncomingCallTaken(context: EventGridContext, invite: Invite): boolean {
  const { correlationId } = invite.call;
  return isTaken(context, 'IncomingCall', incomingCall({ incomingCallContext: '', correlationId, invite }));
}

function incomingCall({ incomingCallContext, correlationId, invite }: Omit<IncomingCall, 'ringing'>) {
  const { call, target, customContext } = invite;
  const caller = displayedCaller(invite);
  return {
    subject: `/caller/${caller.rawId}/recipient/${target.rawId}`,
    correlationId,
    data: {
      to: target,
      from: caller,
      serverCallId: call.serverCallId,
      callerDisplayName: invite.callerDisplayName ?? '',
      customContext: { sipHeaders: asSent(customContext?.sipHeaders), voipHeaders: customContext?.voipHeaders ?? {} },
      incomingCallContext,
      correlationId,
    },
  };
}

/** Event Grid spells the header of user-to-user information in its own way (ACS-D24). */
function asSent(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [/^user-to-user$/i.test(name) ? 'userToUser' : name, value]),
  );
}

/** CallParticipantAdded, and before the first of them CallStarted. */
export function publishJoined(context: EventGridContext, participant: Participant): void {
  const { call, identifier } = participant;
  if (isPhone(identifier)) {
    return;
  }
  if (call.startedBy === undefined) {
    call.startedBy = identifier;
    publishCallEvent(context, call, 'CallStarted', {});
  }
  publishCallEvent(context, call, 'CallParticipantAdded', describe(participant));
}

export function publishLeft(context: EventGridContext, { call, participant }: Departure): void {
  if (!isPhone(participant.identifier)) {
    publishCallEvent(context, call, 'CallParticipantRemoved', describe(participant));
  }
}

/** CallEnded, for a call that had a CallStarted. */
export function publishEnded(context: EventGridContext, { call, result }: CallEvents['callEnded']): void {
  if (call.startedBy === undefined) {
    return;
  }
  const { code, subCode, message } = result;
  publishCallEvent(context, call, 'CallEnded', {
    endedBy: { type: 'MicrosoftInternal', name: '' },
    reason: { code, subCode, phrase: message },
    callDurationInSeconds: (context.clock.now() - call.startedAtMs) / 1000,
  });
}

function publishCallEvent(
  context: EventGridContext,
  call: ServerCall,
  event: 'CallStarted' | 'CallEnded' | 'CallParticipantAdded' | 'CallParticipantRemoved',
  details: Record<string, unknown>,
): void {
  const { kind, joinId, serverCallId, correlationId, startedBy } = call;
  publish(context, event, {
    subject: `call/${serverCallId}/startedBy/${startedBy?.rawId ?? ''}`,
    correlationId,
    data: {
      startedBy: startedBy && { communicationIdentifier: startedBy, role: 'Attendee' },
      serverCallId,
      ...(kind === 'group' && { group: { id: joinId } }),
      ...(kind === 'room' && { room: { id: joinId } }),
      isTwoParty: kind === 'direct' && call.participants.size <= 2,
      correlationId,
      isRoomsCall: kind === 'room',
      ...details,
    },
  });
}

function describe({ identifier }: Participant) {
  return {
    user: { communicationIdentifier: identifier, role: 'Attendee' },
    participantId: identifier.rawId,
    displayName: '',
    userAgent: 'acs-emulator',
  };
}
