/** The timeline of a call: requests, responses of ACS, events and outcomes in the order of time. It names no people. */
import * as z from 'zod';
import type { CallEvent } from './event.ts';
import { operationStatuses } from './operation-life/operation-record.ts';
import type { Outcome } from './operation-life/outcome.ts';

/** One entry of the timeline resource. `operationId` links an entry to its operation, `eventId` to the event of ACS. */
export const timelineEntrySchema = z
  .object({
    at: z.iso.datetime(),
    kind: z.enum(['requested', 'sent', 'event', 'settled']),
    operationId: z.string().optional(),
    operation: z.string().optional(),
    event: z.string().optional(),
    eventId: z.string().optional(),
    status: z.enum(operationStatuses).optional(),
    settledBy: z.string().optional(),
    acsCode: z.string().optional(),
    acsSubCode: z.number().optional(),
    message: z.string().optional(),
  })
  .meta({ id: 'TimelineEntry' });

export type TimelineEntry = Readonly<z.infer<typeof timelineEntrySchema>>;

/** The entry of an event that arrived. */
export function eventEntry(
  event: Pick<CallEvent, 'id' | 'at' | 'operationContext' | 'result'> & { kind: string },
): TimelineEntry {
  return {
    at: event.at,
    kind: 'event',
    event: event.kind,
    eventId: event.id,
    ...(event.operationContext !== undefined && { operationId: event.operationContext }),
    ...(event.result && {
      acsCode: String(event.result.code),
      acsSubCode: event.result.subCode,
      message: event.result.message,
    }),
  };
}

/** The entry of an operation that settled. */
export function settledEntry(operationId: string, operation: string, outcome: Outcome): TimelineEntry {
  return {
    at: outcome.settledAt,
    kind: 'settled',
    operationId,
    operation,
    status: outcome.status,
    settledBy: outcome.settledBy,
    ...(outcome.error?.acsCode !== undefined && { acsCode: outcome.error.acsCode }),
    ...(outcome.error?.acsSubCode !== undefined && { acsSubCode: outcome.error.acsSubCode }),
    ...(outcome.error && { message: outcome.error.message }),
  };
}

/** The table key of an entry: by time, and the same for the same event, so that an event is inserted once. */
export function timelineKey(entry: TimelineEntry): string {
  const order = { requested: 0, sent: 1, event: 2, settled: 3 }[entry.kind];
  return `${entry.at}:${order}:${entry.eventId ?? entry.operationId}`;
}
