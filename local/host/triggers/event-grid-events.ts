/** Bodies that Event Grid sends, in its own schema or as CloudEvents 1.0; Azure's extension looks at no more of them. */

import * as z from 'zod';

/** Any object: an event without a type is the function's to judge. */
const event = z.looseObject({ data: z.unknown().optional() });
const events = z.union([z.array(event), event.transform((one) => [one])]);

export type EventGridEvent = z.output<typeof event>;

/** An array of events, or one by itself; throws when the text is neither. */
export function eventsIn(text: string): EventGridEvent[] {
  return events.parse(JSON.parse(text));
}

const handshake = z.looseObject({ validationCode: z.unknown() });
/** The data of a CloudEvent is JSON within JSON. */
const data = z.union([handshake, z.string().transform((text) => handshake.parse(JSON.parse(text)))]);
const validation = z.union([z.tuple([z.looseObject({ data })], z.unknown()), z.looseObject({ data: data })]);

/** The code that a subscription's handshake must give back; throws when there is none. */
export function validationCodeIn(text: string): string {
  const parsed = validation.parse(JSON.parse(text));
  const { validationCode } = (Array.isArray(parsed) ? parsed[0] : parsed).data;
  if (validationCode === undefined) {
    throw new TypeError('Expected data.validationCode.');
  }
  return String(validationCode);
}
