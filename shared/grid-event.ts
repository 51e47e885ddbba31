/** The envelope of an Event Grid event in a storage queue: one event per message, in the Event Grid schema. */
import * as z from 'zod';

/** The envelope of ACS's events of one kind, such as `IncomingCall`. Each kind adds the schema of its data. */
export function gridEventSchema(kind: string) {
  return z.looseObject({
    id: z.string().min(1),
    eventType: z.literal(`Microsoft.Communication.${kind}`),
    subject: z.string(),
    topic: z.string().optional(),
    eventTime: z.iso.datetime({ offset: true }),
    data: z.unknown(),
  });
}

/** Whether an event is of the ACS resource: its topic is the resource's ARM id, in any case. Any is without a setting. */
export function isOfTopic(topic: string | undefined, expected: string | undefined): boolean {
  return expected === undefined || topic?.toLowerCase() === expected.toLowerCase();
}
