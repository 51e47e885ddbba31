/** The input of participants: the tones they press and the words they say reach everything that listens to the call. */

import type { Cancel } from '../clock.ts';
import type { Connection, InputListener, Participant, Speech } from './model.ts';
import { tonesOf } from './tones.ts';

/** The confidence of words that were said without one (not documented; chosen here). */
export const DEFAULT_CONFIDENCE = 0.95;

/** Lets an application listen to whatever call it is in. */
export function listen(connection: Connection, listener: Omit<InputListener, 'connection'>): Cancel {
  const own: InputListener = { ...listener, connection };
  connection.call.listeners.add(own);
  return () => void connection.call.listeners.delete(own);
}

/** A participant presses keys, given as one string of `0-9 * # A-D`. */
export function pressKeys(participant: Participant, keys: string): void {
  for (const tone of tonesOf(keys)) {
    for (const listener of [...participant.call.listeners]) {
      listener.tone?.(participant, tone);
    }
  }
}

/** A participant says something. */
export function speak(participant: Participant, speech: Speech): void {
  for (const listener of [...participant.call.listeners]) {
    listener.speech?.(participant, speech);
  }
}
