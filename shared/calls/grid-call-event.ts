/** The events that Event Grid raises of a whole call at ACS, whichever applications have a leg in it. Pure. */
import type { CallRecord } from './call.ts';
import type { ResultInformation } from './event.ts';

/** Their kinds. ACS raises them for VoIP participants only (documented). */
export const gridCallKinds = ['CallStarted', 'CallEnded', 'CallParticipantAdded', 'CallParticipantRemoved'] as const;

export type GridCallKind = (typeof gridCallKinds)[number];

/** One event. `id` is Event Grid's: the same however often the event is delivered. */
export interface GridCallEvent {
  readonly id: string;
  readonly at: string;
  readonly kind: GridCallKind;
  readonly correlationId: string;
  readonly serverCallId: string;
  /** The ACS resource, by its ARM id. */
  readonly topic?: string;
  /** It has waited on its queue for a call that was not stored yet. */
  readonly isDelayed?: true;
  /** Why the call ended. */
  readonly result?: ResultInformation;
  /** As ACS sent it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The call with ACS's ids of it: the response to createCall has no server call id yet (ACS-R1). */
export function withGridIds(call: CallRecord, { correlationId, serverCallId }: GridCallEvent): CallRecord {
  return {
    ...call,
    correlationId: call.correlationId ?? correlationId,
    serverCallId: call.serverCallId ?? serverCallId,
  };
}
