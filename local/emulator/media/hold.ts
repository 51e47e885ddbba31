/** On hold: by a hold, with or without music, or while something is played to somebody alone. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/connection.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import { announceRoster } from '../calls/roster.ts';
import type { Participant } from '../calls/server-call.ts';
import type { Cancel } from '../clock.ts';
import type { Resource } from '../resource.ts';
import type { PlaySource } from './play-source.ts';
import { playPrompt } from './prompt.ts';

/** What somebody on hold hears, over and over. */
export interface HoldMusic {
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
}

/** Puts a participant on hold. Recorded: the list is announced, and again when bad music ends the hold. */
export function hold(
  resource: Resource,
  connection: Connection,
  rawId: string,
  music: PlaySource | undefined,
  reference: OperationReference,
): void {
  const participant = connection.call.participants.get(rawId);
  if (participant === undefined) {
    tellFailed(resource, connection, NOT_PRESENT, reference);
    return;
  }
  stopMusic(connection, rawId);
  participant.holders.add(connection);
  // Announced also when nothing changes, so that whoever asked again hears of it (ours).
  announceRoster(resource, connection.call);
  if (music === undefined) {
    return;
  }
  const player = musicPlayer(resource, music, (resultInformation) => {
    tellFailed(resource, connection, resultInformation, reference);
    unhold(resource, connection, participant);
  });
  connection.holdMusic.set(rawId, player);
  player.resume();
}

/** Takes a participant off the application's hold and announces the list, whether they were on hold or not (ours). */
export function unhold(resource: Resource, connection: Connection, participant: Participant): void {
  stopMusic(connection, participant.identifier.rawId);
  participant.holders.delete(connection);
  announceRoster(resource, connection.call);
}

/** A HoldFailed, for a hold that a fault makes fail or that cannot be. */
export function tellFailed(
  resource: Resource,
  connection: Connection,
  resultInformation: ResultInformation,
  reference: OperationReference,
): void {
  raise(resource, connection, 'HoldFailed', { resultInformation }, reference);
}

/** Ends the music of one participant. */
export function stopMusic({ holdMusic }: Connection, rawId: string): void {
  holdMusic.get(rawId)?.pause();
  holdMusic.delete(rawId);
}

/**
 * Keeps participants on hold while something is played to them alone; the list is announced if it changes (recorded).
 * Answers how to let them back.
 */
export function setApart(resource: Resource, { call }: Connection, participants: readonly Participant[]): () => void {
  const holder = {};
  const isNews = participants.some(({ isOnHold }) => !isOnHold);
  for (const { holders } of participants) {
    holders.add(holder);
  }
  if (isNews) {
    announceRoster(resource, call);
  }
  return () => {
    const freed = participants.filter((participant) => participant.holders.delete(holder) && !participant.isOnHold);
    if (freed.length > 0) {
      announceRoster(resource, call);
    }
  };
}

/** Silences the hold music of participants; answers how to go on with it, for those who are still on hold. */
export function interruptMusic({ holdMusic }: Connection, rawIds: readonly string[]): () => void {
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
  resource: Resource,
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
      stop = playPrompt(resource, {
        sources: [source],
        isLooped: true,
        onFailed: (_index, resultInformation) => onFailed(resultInformation),
      });
    },
  };
}
