/** People changing from one call to another without hanging up. */

import { publishJoined } from '../event-grid/call-events.ts';
import { endMedia } from '../media/media-end.ts';
import type { Resource } from '../resource.ts';
import { takeOut } from './call-end.ts';
import { TRANSFERRED } from './result-information.ts';
import type { Participant, ServerCall } from './server-call.ts';

/** Moves a participant; the application that speaks as them goes along, and the old call ends if nobody is left. */
export function moveTo(resource: Resource, participant: Participant, from: ServerCall, to: ServerCall): void {
  const { leg, identifier } = participant;
  if (from === to) {
    return;
  }
  if (leg !== undefined) {
    // What it plays and listens for belongs to the call that it leaves.
    endMedia(leg);
    from.connections.delete(leg);
    to.connections.add(leg);
    leg.call = to;
    for (const listener of [...from.listeners].filter(({ connection }) => connection === leg)) {
      from.listeners.delete(listener);
      to.listeners.add(listener);
    }
  }
  participant.call = to;
  to.participants.set(identifier.rawId, participant);
  publishJoined(resource, to, participant);
  takeOut(resource, from, participant, TRANSFERRED);
}
