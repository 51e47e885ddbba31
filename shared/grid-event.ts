/** The envelope of an event as Event Grid puts it on a storage queue: one event a message, in the Event Grid schema. */
import * as z from 'zod';

/** The envelope of ACS's events of one kind, such as `IncomingCall`. Their data is read elsewhere. */
export function gridEventSchema(kind: string) {
  return z.looseObject({
    id: z.string().min(1),
    eventType: z.literal(`Microsoft.Communication.${kind}`),
    subject: z.string(),
    eventTime: z.iso.datetime({ offset: true }),
    data: z.unknown(),
  });
}
