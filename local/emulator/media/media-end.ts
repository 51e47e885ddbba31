/** The end of media operations: with the call, with a participant who leaves, or on request. */

import type { Connection } from '../calls/connection.ts';
import type { Participant, ServerCall } from '../calls/server-call.ts';
import { stopMusic } from './hold.ts';

/** Ends everything that an application plays, listens for and sends, and says so. */
export function endMedia(connection: Connection): void {
  for (const rawId of [...connection.holdMusic.keys()]) {
    stopMusic(connection, rawId);
  }
  connection.media.stop('callEnded', () => true);
}

/** Ends what was meant for nobody but a participant who has left the call. */
export function endMediaFor(call: ServerCall, participant: Participant): void {
  const { rawId } = participant.identifier;
  participant.holders.clear();
  for (const connection of call.connections) {
    stopMusic(connection, rawId);
    connection.media.stop(
      'participantLeft',
      ({ targets }) => targets.includes(rawId) && !targets.some((target) => call.participants.has(target)),
    );
  }
}

/** Cancels plays, recognizes and what is being sent; tones go on being collected (ours). */
export function cancelMedia({ media }: Connection): void {
  media.stop('canceled', ({ operation }) => operation !== 'continuousDtmf');
}
