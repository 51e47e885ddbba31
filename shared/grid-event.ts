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

/**
 * Throws a ZodError if an event is not of the ACS resource: its topic is the resource's ARM id, in any case. Without the
 * setting the topic may be any.
 */
export function requireTopic({ topic }: { readonly topic?: string | undefined }, expected: string | undefined): void {
  if (expected !== undefined && topic?.toLowerCase() !== expected.toLowerCase()) {
    throw new z.ZodError([
      { code: 'custom', path: ['topic'], message: 'expected the topic of the ACS resource', input: undefined },
    ]);
  }
}
