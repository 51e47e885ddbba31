/** Hold: participants on hold, with or without music, or during a play to them alone. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection, Participant } from '../calls/model.ts';
import { publishParticipants } from '../calls/participant-list.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import type { Cancel } from '../clock.ts';
import type { MediaContext } from './media-context.ts';
import type { HoldMusic } from './media-store.ts';
import type { PlaySource } from './play-source.ts';
import { playPrompt } from './prompt.ts';

/** Puts a participant on hold. Recorded: ParticipantsUpdated follows, and again when invalid music ends the hold. */
export function hold(
  context: MediaContext,
  connection: Connection,
  rawId: string,
  music: PlaySource | undefined,
  reference: OperationReference,
): void {
  const participant = connection.call.participants.get(rawId);
  const { holdMusic } = context.media.of(connection);
  if (participant === undefined) {
    raiseHoldFailed(context, connection, NOT_PRESENT, reference);
    return;
  }
  stopMusic(holdMusic, rawId);
  participant.holders.add(connection);
  // Not documented for a participant who is on hold already; chosen here: the event follows as well.
  publishParticipants(context, connection.call);
  if (music === undefined) {
    return;
  }
  const player = musicPlayer(context, music, (resultInformation) => {
    raiseHoldFailed(context, connection, resultInformation, reference);
    unhold(context, connection, participant);
  });
  holdMusic.set(rawId, player);
  player.resume();
}

/**
 * Ends the application's hold of a participant, with ParticipantsUpdated. Not documented for a participant who is not
 * on hold; chosen here: the event follows as well.
 */
export function unhold(context: MediaContext, connection: Connection, participant: Participant): void {
  stopMusic(context.media.of(connection).holdMusic, participant.identifier.rawId);
  participant.holders.delete(connection);
  publishParticipants(context, connection.call);
}

/** Raises HoldFailed, for an injected fault, an absent participant, or invalid music. */
export function raiseHoldFailed(
  context: MediaContext,
  connection: Connection,
  resultInformation: ResultInformation,
  reference: OperationReference,
): void {
  raise(context, connection, 'HoldFailed', { resultInformation }, reference);
}

/** Ends the music of one participant. */
export function stopMusic(holdMusic: Map<string, HoldMusic>, rawId: string): void {
  holdMusic.get(rawId)?.pause();
  holdMusic.delete(rawId);
}

/**
 * Puts participants on hold during a play to them alone; ParticipantsUpdated follows if that changes the list
 * (ACS-R9). The returned function ends the hold.
 */
export function holdForPlay(
  context: MediaContext,
  { call }: Connection,
  participants: readonly Participant[],
): () => void {
  const holder = {};
  const isChange = participants.some(({ isOnHold }) => !isOnHold);
  for (const { holders } of participants) {
    holders.add(holder);
  }
  if (isChange) {
    publishParticipants(context, call);
  }
  return () => {
    const freed = participants.filter((participant) => participant.holders.delete(holder) && !participant.isOnHold);
    if (freed.length > 0) {
      publishParticipants(context, call);
    }
  };
}

/** Pauses the hold music of participants. The returned function resumes it for those who are still on hold. */
export function interruptMusic({ media }: MediaContext, connection: Connection, rawIds: readonly string[]): () => void {
  const { holdMusic } = media.of(connection);
  const interrupted = rawIds.flatMap((rawId) => holdMusic.get(rawId) ?? []).filter(({ isPaused }) => !isPaused);
  for (const music of interrupted) {
    music.pause();
  }
  return () => {
    for (const music of holdMusic.values()) {
      if (interrupted.includes(music)) {
        music.resume();
      }
    }
  };
}

function musicPlayer(
  context: MediaContext,
  source: PlaySource,
  onFailed: (resultInformation: ResultInformation) => void,
): HoldMusic {
  let stop: Cancel | undefined;
  return {
    get isPaused() {
      return stop === undefined;
    },
    pause() {
      stop?.();
      stop = undefined;
    },
    resume() {
      stop = playPrompt(context, {
        sources: [source],
        isLooped: true,
        onFailed: (_index, resultInformation) => onFailed(resultInformation),
      });
    },
  };
}
