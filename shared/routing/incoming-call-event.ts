/** Reads the IncomingCall event of Event Grid. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { derivedId } from '../acs/wire/derived-id.ts';
import { canonicalParticipant } from '../acs/wire/identifiers.ts';
import { type CallRecord, type IncomingDetails, newCallRecord } from '../calls/call.ts';
import { keptHeaders } from '../calls/custom-context.ts';
import { gridEventSchema, requireTopic } from '../grid-event.ts';

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
export interface IncomingCallEvent {
  readonly id: string;
  readonly eventTime: string;
  readonly topic?: string | undefined;
  readonly data?: unknown;
}

const queuedSchema = gridEventSchema('IncomingCall').extend({ data: dataSchema });

/** The event of a queue message. Throws a ZodError when it is none, or of another resource than `topic`. */
export function readIncomingCallEvent(received: unknown, topic: string | undefined): IncomingCallEvent {
  const event = queuedSchema.parse(received);
  requireTopic(event, topic);
  return event;
}

/** A ringing call with the details of its IncomingCall event. */
export type RingingCall = CallRecord & { readonly incoming: IncomingDetails };

/** The record of a new ringing call. Throws a ZodError when the data is no IncomingCall. */
export function toRingingCall(event: IncomingCallEvent): RingingCall {
  const data = dataSchema.parse(event.data);
  const to = spelled(data.to.rawId);
  const receivedAt = new Date(z.iso.datetime({ offset: true }).parse(event.eventTime)).toISOString();
  const from = spelled(data.from.rawId);
  const call = newCallRecord({
    // The callee is part of it, because a call that is redirected to another number of the resource rings anew and may keep
    // its correlation id.
    callId: derivedId(data.correlationId, to),
    status: 'ringing',
    direction: 'inbound',
    createdAt: receivedAt,
    salt: randomUUID(),
    from,
    to: [to],
    roster: { [from]: { role: 'caller', ...(data.callerDisplayName && { displayName: data.callerDisplayName }) } },
    correlationId: data.correlationId,
    ...(data.serverCallId !== undefined && { serverCallId: data.serverCallId }),
  });
  const incoming: IncomingDetails = {
    from,
    to,
    context: data.incomingCallContext,
    status: 'ringing',
    receivedAt,
    ...(data.callerDisplayName && { callerDisplayName: data.callerDisplayName }),
    ...(data.customContext && { customContext: keptHeaders(data.customContext) }),
  };
  return { ...call, incoming };
}

function spelled(rawId: string): string {
  return canonicalParticipant(rawId) ?? rawId;
}
