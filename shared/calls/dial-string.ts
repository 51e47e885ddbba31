/** Digits to send after an answer, with pauses, as telephony APIs and modems write them: `ww123#`. Pure. */

/** Milliseconds of each character that pauses. */
const pauses: Readonly<Record<string, number>> = { w: 500, W: 1000, ',': 2000 };

/** ACS's names of the keys, except A to D, which are their own. */
const names: Readonly<Record<string, string>> = {
  0: 'zero',
  1: 'one',
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
  '#': 'pound',
  '*': 'asterisk',
};

/** The most tones of one request to ACS. */
const tonesPerRequest = 18;

/** Chosen here; with pauses of two seconds only, two minutes. */
export const maxDialStringLength = 64;

/** Keys and pauses, with at least one key. */
export const dialStringPattern = /^(?=.*[0-9A-Da-d*#])[0-9A-Da-d*#wW,]+$/;

/** A pause, or tones that one request sends. */
export type DialPart = { readonly pauseMs: number } | { readonly tones: readonly string[] };

/** The parts of a dial string, in order; a pause at its end is left out. Undefined when it is none. */
export function dialParts(text: string): readonly DialPart[] | undefined {
  if (text.length > maxDialStringLength || !dialStringPattern.test(text)) {
    return undefined;
  }
  return [...text.matchAll(/[wW,]+(?=[^wW,])|[^wW,]+/g)].flatMap(([run]): DialPart[] => {
    const keys = [...run];
    const pauseMs = keys.reduce((sum, key) => sum + (pauses[key] ?? 0), 0);
    return pauseMs > 0 ? [{ pauseMs }] : requestsOf(keys.map(toneOf));
  });
}

/** ACS's name of a key, in lower case. */
function toneOf(key: string): string {
  return names[key] ?? key.toLowerCase();
}

function requestsOf(tones: readonly string[]): DialPart[] {
  return Array.from({ length: Math.ceil(tones.length / tonesPerRequest) }, (_, index) => ({
    tones: tones.slice(index * tonesPerRequest, (index + 1) * tonesPerRequest),
  }));
}
