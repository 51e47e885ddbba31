/** Schemas of settings: they turn text of the environment into a value, or an error that states what was expected. */
import * as z from 'zod';

/** A whole number in digits. Anything else is invalid: a blank would count as 0, and 0 often means «unlimited». */
export function wholeNumber(smallest: number, largest: number) {
  const expected = `expected a whole number from ${smallest} to ${largest}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((number) => number >= smallest && number <= largest, expected)
    .meta({ minimum: smallest, maximum: largest });
}

/** The URL of a service. Whether it may be plain http is a rule of its own, for local mode. */
export function serviceUrl(expected = 'expected a URL such as https://contoso.example.com') {
  return z.url({ protocol: /^https?$/, error: expected });
}

/** An id that Azure gave: a GUID of any version. */
export function guid(expected = 'expected a GUID') {
  return z.guid(expected);
}

/** The id of a resource in Azure Resource Manager. */
export function armId() {
  return z
    .string()
    .regex(
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+$/i,
      'expected the ARM id of a resource: /subscriptions/…/resourceGroups/…/providers/…',
    );
}
