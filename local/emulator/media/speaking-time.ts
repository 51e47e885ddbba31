/** The duration of a spoken text: a fixed rate instead of a voice (chosen here). */

import type { Ssml } from './ssml.ts';

/** About 150 words a minute. */
export const MS_PER_CHARACTER = 70;

/** Pauses by strength, as Azure's speech service has them. */
const BREAK_MS: Record<string, number> = {
  none: 0,
  'x-weak': 250,
  weak: 500,
  medium: 750,
  strong: 1000,
  'x-strong': 1250,
};

/** Milliseconds for a plain text; 0 when it is empty. */
export function textMs(text: string): number {
  return text.replace(/\s+/g, ' ').trim().length * MS_PER_CHARACTER;
}

/** Milliseconds for what SSML says: its words and its breaks. */
export function ssmlMs({ words, breaks }: Extract<Ssml, { words: string }>): number {
  return breaks.reduce((sum, attributes) => sum + breakMs(attributes), textMs(words));
}

function breakMs({ time = '', strength = 'medium' }: Readonly<Record<string, string>>): number {
  const [, amount, unit] = /^\s*\+?(\d+(?:\.\d+)?)(ms|s)\s*$/.exec(time) ?? [];
  if (amount !== undefined) {
    return Math.round(Number(amount) * (unit === 's' ? 1000 : 1));
  }
  return BREAK_MS[strength] ?? 750;
}
