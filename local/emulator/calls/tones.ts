/** The tones of a telephone keypad, by ACS's names. */

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

/** The key that makes a tone. */
export function keyOf(tone: Tone): string {
  return Object.entries(TONES).find(([, name]) => name === tone)?.[0] ?? tone;
}

/** The tones of keys, given as one string of `0-9 * # A-D`. */
export function tonesOf(keys: string): Tone[] {
  return [...keys].map((key) => TONES[key as keyof typeof TONES]);
}
