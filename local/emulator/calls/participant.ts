/** Participants entering a call. */

import type { Identifier } from '../identifiers.ts';
import type { CallContext } from './call-context.ts';
import type { Answerer, Connection, Participant, ServerCall } from './model.ts';
import { SpeakingSlots } from './speaking-slots.ts';

/** Adds who answered. */
export function joinAnswerer(
  context: CallContext,
  call: ServerCall,
  { identifier, leg, party }: Answerer,
): Participant {
  return join(context, call, identifier, leg, party);
}

/** Adds a participant who can talk at once. An application may speak as the participant: its leg. */
export function join(
  context: CallContext,
  call: ServerCall,
  identifier: Identifier,
  leg?: Connection,
  party = identifier,
): Participant {
  const isNew = !call.participants.has(identifier.rawId);
  const participant = enter(context, call, identifier, leg, party);
  if (isNew && leg === undefined) {
    context.emit('participantConnected', participant);
  }
  return participant;
}

/** Adds a participant who cannot talk yet, such as a caller whose call still rings. */
export function enter(
  context: CallContext,
  call: ServerCall,
  identifier: Identifier,
  leg?: Connection,
  party = identifier,
): Participant {
  const present = call.participants.get(identifier.rawId);
  if (present !== undefined) {
    return present;
  }
  const holders = new Set<object>();
  const participant: Participant = {
    identifier,
    party,
    leg,
    call,
    isMuted: false,
    holders,
    get isOnHold() {
      return holders.size > 0;
    },
    speakingSlots: new SpeakingSlots(),
  };
  call.participants.add(participant);
  context.emit('participantJoined', participant);
  return participant;
}
