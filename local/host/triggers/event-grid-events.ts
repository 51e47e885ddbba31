/** Bodies that Event Grid sends, in its own schema or as CloudEvents 1.0. */

import * as z from 'zod';

/** Events pass through whole; only what makes them events is checked. */
const eventGridEvent = z.looseObject({ id: z.string(), eventType: z.string(), data: z.unknown().optional() });
const cloudEvent = z.looseObject({
  specversion: z.string(),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  data: z.unknown().optional(),
});
const event = z.union([eventGridEvent, cloudEvent]);

export type EventGridEvent = z.output<typeof event>;

/** An array of events, or one CloudEvent by itself; throws when the text is neither. */
export function eventsIn(text: string): EventGridEvent[] {
  const body: unknown = JSON.parse(text);
  return (Array.isArray(body) ? body : [body]).map((element, index) => {
    const { success, data } = event.safeParse(element);
    if (success) {
      return data;
    }
    throw new TypeError(
      `expected an Event Grid event (id, eventType) or a CloudEvent (specversion, id, source, type) as element ${index}.`,
    );
  });
}

const validation = z.tuple([z.looseObject({ data: z.looseObject({ validationCode: z.string() }) })], z.unknown());

/** The code that a subscription's handshake must give back. */
export function validationCodeIn(text: string): string {
  const { success, data } = validation.safeParse(JSON.parse(text));
  if (success) {
    return data[0].data.validationCode;
  }
  throw new TypeError('expected an array of one event with data.validationCode.');
}
