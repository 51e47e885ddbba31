/**
 * The end of media operations: with the application's control of the call, with a participant who leaves, or on
 * request.
 */

import type { Departure } from '../calls/call-events.ts';
import type { Connection } from '../calls/model.ts';
import { stopMusic } from './hold.ts';
import type { MediaContext } from './media-context.ts';

/** Ends everything that an application plays, listens for and sends, each with its event. */
export function endMedia({ media }: MediaContext, connection: Connection): void {
  const { queue, holdMusic } = media.of(connection);
  for (const rawId of [...holdMusic.keys()]) {
    stopMusic(holdMusic, rawId);
  }
  queue.stop('callEnded', () => true);
}

/** Ends what served no one but a participant who has left the call. */
export function endMediaFor({ media }: MediaContext, { call, participant }: Departure): void {
  const { rawId } = participant.identifier;
  participant.holders.clear();
  for (const connection of call.connections) {
    const { queue, holdMusic } = media.of(connection);
    if (!call.participants.has(rawId)) {
      stopMusic(holdMusic, rawId);
    }
    queue.stop(
      'participantLeft',
      ({ targets }) => targets.includes(rawId) && !targets.some((target) => call.participants.has(target)),
    );
  }
}

/** Cancels plays, recognizes and tones that are being sent; continuous DTMF goes on (not documented; chosen here). */
export function cancelMedia({ media }: MediaContext, connection: Connection): void {
  media.of(connection).queue.stop('canceled', ({ operation }) => operation !== 'continuousDtmf');
}
