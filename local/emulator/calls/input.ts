/** What is heard in a call: whoever listens is told each tone and each utterance, and from whom. */

import type { Cancel } from '../clock.ts';
import type { Connection } from './connection.ts';
import type { Participant } from './server-call.ts';

/** The tones of a keypad, by the names that ACS has for them. */
const TONES = {
  '0': 'zero',
  '1': 'one',
  '2': 'two',
  '3': 'three',
  '4': 'four',
  '5': 'five',
  '6': 'six',
  '7': 'seven',
  '8': 'eight',
  '9': 'nine',
  '*': 'asterisk',
  '#': 'pound',
  A: 'a',
  B: 'b',
  C: 'c',
  D: 'd',
} as const;

export type Tone = (typeof TONES)[keyof typeof TONES];

export const TONE_NAMES: readonly Tone[] = Object.values(TONES);

/** Words of a participant, and how sure the speech service is of them (0 to 1). */
export interface Speech {
  readonly text: string;
  readonly confidence: number;
}

/** The confidence of words that were said without one (ours). */
export const DEFAULT_CONFIDENCE = 0.95;

/** The key of a tone, as a telephone shows it. */
export function keyOf(tone: Tone): string {
  return Object.entries(TONES).find(([, name]) => name === tone)?.[0] ?? tone;
}

/** Something that listens to a call until it is taken out of `call.listeners`. */
export interface Listener {
  /** The application that listens, if it is one: it goes on listening in the call that it moves to. */
  readonly connection?: Connection;
  tone?(from: Participant, tone: Tone): void;
  speech?(from: Participant, speech: Speech): void;
}

/** Lets an application listen to whatever call it is in. */
export function listen(connection: Connection, listener: Omit<Listener, 'connection'>): Cancel {
  const own: Listener = { ...listener, connection };
  connection.call.listeners.add(own);
  return () => void connection.call.listeners.delete(own);
}

/** A participant presses keys, given as one string of `0-9 * # A-D`. */
export function press(participant: Participant, keys: string): void {
  for (const key of keys) {
    const tone = TONES[key as keyof typeof TONES];
    for (const listener of [...participant.call.listeners]) {
      listener.tone?.(participant, tone);
    }
  }
}

/** A participant says something. */
export function say(participant: Participant, speech: Speech): void {
  for (const listener of [...participant.call.listeners]) {
    listener.speech?.(participant, speech);
  }
}
