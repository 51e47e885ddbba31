/** CallStarted, CallEnded, CallParticipantAdded and -Removed: raised for VoIP participants only, as documented. */

import type { ResultInformation } from '../calls/result-information.ts';
import type { Participant, ServerCall } from '../calls/server-call.ts';
import { isPhone } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { publish } from './publish.ts';

/** CallParticipantAdded, and before the first of them CallStarted. */
export function publishJoined(resource: Resource, call: ServerCall, participant: Participant): void {
  if (isPhone(participant.identifier)) {
    return;
  }
  if (call.startedBy === undefined) {
    call.startedBy = participant.identifier;
    publishCallEvent(resource, call, 'CallStarted', {});
  }
  publishCallEvent(resource, call, 'CallParticipantAdded', describe(participant));
}

export function publishLeft(resource: Resource, call: ServerCall, participant: Participant): void {
  if (!isPhone(participant.identifier)) {
    publishCallEvent(resource, call, 'CallParticipantRemoved', describe(participant));
  }
}

/** CallEnded, for a call that had a CallStarted. */
export function publishEnded(
  resource: Resource,
  call: ServerCall,
  { code, subCode, message }: ResultInformation,
): void {
  if (call.startedBy === undefined) {
    return;
  }
  publishCallEvent(resource, call, 'CallEnded', {
    endedBy: { type: 'MicrosoftInternal', name: '' },
    reason: { code, subCode, phrase: message },
    callDurationInSeconds: (resource.clock.now() - call.startedAtMs) / 1000,
  });
}

function publishCallEvent(
  resource: Resource,
  call: ServerCall,
  kind: 'CallStarted' | 'CallEnded' | 'CallParticipantAdded' | 'CallParticipantRemoved',
  details: Record<string, unknown>,
): void {
  const { setting, settingId, serverCallId, correlationId, startedBy } = call;
  publish(resource, kind, {
    subject: `call/${serverCallId}/startedBy/${startedBy?.rawId ?? ''}`,
    correlationId,
    data: {
      startedBy: startedBy && { communicationIdentifier: startedBy, role: 'Attendee' },
      serverCallId,
      ...(setting === 'group' && { group: { id: settingId } }),
      ...(setting === 'room' && { room: { id: settingId } }),
      isTwoParty: setting === 'direct' && call.participants.size <= 2,
      correlationId,
      isRoomsCall: setting === 'room',
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
