/** What receivers are sent: CloudEvents, ACS's events under their own type and ours beside them. Pure. */
import type { IncomingCall } from '../calls/call.ts';
import type { RawEvent } from '../calls/event.ts';
import { operationSchema } from '../calls/operation-record.ts';
import type { Origin } from '../calls/origin.ts';
import type { Settled } from '../calls/settlement.ts';
import { ownType } from './event-types.ts';

/** An event of CloudEvents 1.0 in its JSON form. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The same event has the same id, however often it is sent and to whom. */
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** What `Switchboard.OperationSettled` tells: the operation, as it ended. */
export const operationSettledSchema = operationSchema
  .pick({
    operationId: true,
    name: true,
    callId: true,
    status: true,
    result: true,
    context: true,
    error: true,
    settledBy: true,
    settledAt: true,
  })
  .meta({ id: 'OperationSettled' });

/** An event of ACS as it came, with the ids of ours that it belongs to and what the operation's caller gave. */
export function relayed(callId: string, event: RawEvent, origin: Origin = {}): CloudEvent {
  const { operationContext: operationId } = event.data;
  return cloudEvent(callId, event.id, event.type, event.at, {
    ...event.data,
    callId,
    ...(operationId !== undefined && { operationId }),
    ...contextOf(origin),
  });
}

/** How an operation ended, whatever ended it. A later event that tells better is another event, with another status. */
export function operationSettled(
  callId: string,
  { operationId, name, outcome }: Settled,
  origin: Origin = {},
): CloudEvent {
  const { status, settledBy, settledAt, result, error } = outcome;
  return cloudEvent(callId, `${operationId}-${status}`, ownType('OperationSettled'), settledAt, {
    operationId,
    name,
    callId,
    status,
    settledBy,
    settledAt,
    ...(result && { result }),
    ...(error && { error }),
    ...contextOf(origin),
  });
}

/** A call that rings, before anybody took it. */
export function incomingCall(incoming: IncomingCall): CloudEvent {
  const { incomingCallId, receivedAt } = incoming;
  return cloudEvent(incomingCallId, `${incomingCallId}-ringing`, ownType('IncomingCall'), receivedAt, incoming);
}

const sourcePrefix = '/calls/';

/** The call that an event is about. */
export function callIdOf({ source }: CloudEvent): string {
  return source.slice(sourcePrefix.length);
}

function cloudEvent(callId: string, id: string, type: string, time: string, data: CloudEvent['data']): CloudEvent {
  const source = `${sourcePrefix}${callId}`;
  return { specversion: '1.0', id, type, source, time, datacontenttype: 'application/json', data };
}

function contextOf({ context }: Origin) {
  return context === undefined ? {} : { context };
}
