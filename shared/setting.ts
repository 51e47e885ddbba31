/** Schemas of settings: text of the environment becomes a value, or an error that says what was expected. */
import * as z from 'zod';

/** A whole number in digits. Anything else is refused: a blank would count as 0, and 0 often means «for ever». */
export function wholeNumber(smallest: number, largest: number) {
  const expected = `expected a whole number from ${smallest} to ${largest}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((number) => number >= smallest && number <= largest, expected);
}

/** The URL of a service. Plain http is for local mode, which a rule of its own decides. */
export function serviceUrl(expected = 'expected a URL such as https://contoso.example.com') {
  return z.url({ protocol: /^https?$/, error: expected });
}

/** An id that Azure gave: a GUID of any version. */
export function guid(expected = 'expected a GUID') {
  return z.guid(expected);
}
