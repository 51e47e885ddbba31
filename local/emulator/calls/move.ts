/** The move of a participant from one call to another without hanging up. */

import type { CallContext } from './call-context.ts';
import { removeParticipant } from './call-end.ts';
import type { Participant, ServerCall } from './model.ts';
import { TRANSFERRED } from './result-information.ts';

/** Moves a participant with the application that speaks as the participant; the old call ends if it is left empty. */
export function moveTo(context: CallContext, participant: Participant, from: ServerCall, to: ServerCall): void {
  const { leg } = participant;
  if (from === to) {
    return;
  }
  if (leg !== undefined) {
    context.emit('connectionMoving', leg);
    from.connections.delete(leg);
    to.connections.add(leg);
    leg.call = to;
    for (const listener of [...from.listeners].filter(({ connection }) => connection === leg)) {
      from.listeners.delete(listener);
      to.listeners.add(listener);
    }
  }
  participant.call = to;
  to.participants.add(participant);
  context.emit('participantJoined', participant);
  removeParticipant(context, from, participant, TRANSFERRED);
}
