/** The IncomingCall event of Event Grid, as far as the app looks at it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalParticipant } from '../acs/identifiers.ts';
import { type Announcement, type CallRecord, newCallRecord } from '../calls/call.ts';

const identifierSchema = z.looseObject({ rawId: z.string().min(1).max(512) });
const headersSchema = z.record(z.string(), z.string()).default({});

const dataSchema = z.looseObject({
  from: identifierSchema,
  to: identifierSchema,
  serverCallId: z.string().optional(),
  correlationId: z.string().min(1).max(256),
  callerDisplayName: z.string().max(1024).optional(),
  incomingCallContext: z.string().min(1),
  customContext: z.looseObject({ sipHeaders: headersSchema, voipHeaders: headersSchema }).optional(),
});

/** The event's own fields; the host has checked that it is an Event Grid event. */
export interface AnnouncedEvent {
  readonly id: string;
  readonly eventTime: string;
  readonly data?: unknown;
}

/** A call that rings: what announced it is known. */
export type RingingCall = CallRecord & { readonly incoming: Announcement };

/** The record of a call that begins to ring. Throws what zod says when the data is no IncomingCall. */
export function toRingingCall(event: AnnouncedEvent): RingingCall {
  const data = dataSchema.parse(event.data);
  const to = spelled(data.to.rawId);
  const receivedAt = new Date(z.iso.datetime({ offset: true }).parse(event.eventTime)).toISOString();
  const call = newCallRecord({
    callId: idOf(data.correlationId, to),
    status: 'ringing',
    direction: 'inbound',
    createdAt: receivedAt,
    correlationId: data.correlationId,
    ...(data.serverCallId !== undefined && { serverCallId: data.serverCallId }),
  });
  const incoming: Announcement = {
    from: spelled(data.from.rawId),
    to,
    context: data.incomingCallContext,
    status: 'ringing',
    receivedAt,
    ...(data.callerDisplayName && { callerDisplayName: data.callerDisplayName }),
    ...(data.customContext && { customContext: data.customContext }),
  };
  return { ...call, incoming };
}

/**
 * The same call gets the same id however often Event Grid announces it. The called party is part of it, because a call
 * that is redirected to a number of ours rings anew and may keep its correlation id.
 */
function idOf(correlationId: string, to: string): string {
  const digest = createHash('sha256').update(`${correlationId}\n${to}`).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function spelled(rawId: string): string {
  return canonicalParticipant(rawId) ?? rawId;
}
