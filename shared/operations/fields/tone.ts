/** The tones of a keypad, by ACS's names. */
import type { DtmfTone } from '@azure/communication-call-automation';
import * as z from 'zod';

const names = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'a',
  'b',
  'c',
  'd',
  'pound',
  'asterisk',
] as const satisfies readonly `${DtmfTone}`[];

/** One tone. */
export const tone = z.enum(names).meta({ id: 'Tone' });

/** The SDK's tones: its enum has the same values, but takes no plain strings. */
export function toTones(tones: readonly z.output<typeof tone>[]): DtmfTone[] {
  return [...tones] as DtmfTone[];
}
