/** A call: its resources in the API, and the ledger's record of it; long because both are lists of all that is known of a call. */
import * as z from 'zod';
import { acsCodes } from './acs-codes.ts';
import type { Listening } from './continuous-dtmf.ts';
import { customHeaderSchema, shownHeaders, type WireContext } from './custom-context.ts';
import { durationSeconds, enders, endingOf } from './ending.ts';
import type { EventKind } from './event.ts';
import { type Metadata, metadataSchema } from './labels.ts';
import { type Locator, locatorSchema } from './locator.ts';
import type { BufferedEvents } from './operation-life/buffered-events.ts';
import type { OpenOperation } from './operation-life/open-operation.ts';
import type { Origin } from './origin.ts';
import { type Participant, participantSchema, toParticipant } from './participant.ts';
import { type Reason, reasonSchema } from './reason.ts';
import type { Recordings } from './recording/recording-record.ts';
import { rosterEntrySchema, toRoster } from './roster.ts';
import type { Roster } from './roster-facts.ts';
import { shown } from './shown.ts';
import { type StreamName, type StreamRecord, streamSchema, toStreams } from './stream.ts';
import type { Watchers } from './watchers.ts';

/** `unknown`: neither ACS's response nor an event has named the call, so it may or may not exist there. */
export const callStatuses = ['connecting', 'connected', 'disconnected', 'failed', 'unknown'] as const;
export const incomingCallStatuses = ['ringing', 'answered', 'rejected', 'redirected', 'stale'] as const;

/** Absent when the call came with none. */
const customContext = z
  .array(customHeaderSchema)
  .readonly()
  .meta({ id: 'CustomHeaders', description: 'The headers that came with an incoming call' })
  .optional();

/** The call resource of the API. */
export const callSchema = z
  .object({
    callId: z.uuid(),
    status: z.enum(callStatuses),
    direction: z.enum(['inbound', 'outbound', 'joined']),
    from: z.string().optional().meta({ description: 'The caller; outbound, the caller id; none between users' }),
    to: z.array(z.string()).readonly().optional().meta({ description: 'Those who were called' }),
    locator: locatorSchema.optional().meta({ description: 'Of a joined call, instead of `from` and `to`' }),
    createdAt: z.iso.datetime(),
    connectedAt: z.iso.datetime().optional(),
    endedAt: z.iso.datetime().optional(),
    durationSeconds: z.number().optional().meta({ description: 'How long a call that has ended was connected' }),
    reason: reasonSchema.optional().meta({ description: 'Why the call ended' }),
    endedBy: z.enum(enders).optional(),
    end: z.object(acsCodes).required({ acsCode: true, acsMessage: true }).optional(),
    context: z.string().optional().meta({ description: 'Of the request that made or answered the call' }),
    metadata: metadataSchema.optional(),
    roster: z
      .array(rosterEntrySchema)
      .readonly()
      .meta({ description: 'Everyone who was ever asked into the call or seen in it, at most 500' }),
    participants: z.array(participantSchema).readonly().meta({ description: 'Who is in the call now' }),
    mediaStreaming: streamSchema.optional(),
    transcription: streamSchema.optional(),
    recordingIds: z.array(z.string()).readonly(),
    sequenceIds: z.array(z.string()).readonly(),
    customContext,
    callConnectionId: z.string().optional(),
    serverCallId: z.string().optional(),
    correlationId: z.string().optional(),
  })
  .meta({ id: 'Call', additionalProperties: {} });

export type Call = Readonly<z.infer<typeof callSchema>>;

/** The incoming-call resource of the API. */
export const incomingCallSchema = z
  .object({
    incomingCallId: z.uuid(),
    from: z.string(),
    to: z.string(),
    callerDisplayName: z.string().optional(),
    status: z.enum(incomingCallStatuses),
    callId: z.uuid().optional(),
    ruleId: z.string().optional(),
    reason: z.enum(['limitReached', 'notAllowed']).optional().meta({
      description:
        'Why the rule did not redirect the call, which rings on: it was redirected too often, or its target may not be dialed',
    }),
    receivedAt: z.iso.datetime(),
    customContext,
  })
  .meta({ id: 'IncomingCall' });

export type IncomingCall = Readonly<z.infer<typeof incomingCallSchema>>;

/** The details of an IncomingCall event; `context` is the opaque string that answer, reject and redirect hand back to ACS. */
export interface IncomingDetails {
  readonly from: string;
  readonly to: string;
  readonly callerDisplayName?: string;
  readonly context: string;
  readonly customContext?: WireContext;
  readonly status: IncomingCall['status'];
  readonly ruleId?: string;
  readonly reason?: IncomingCall['reason'];
  readonly receivedAt: string;
}

/** The record behind both resources. Its row is the only thing that writers of one call contend for. */
export interface CallRecord {
  readonly callId: string;
  readonly status: 'ringing' | Call['status'];
  readonly direction: Call['direction'];
  readonly createdAt: string;
  /** How often its row was replaced: numbers its changes in the order in which they were written. */
  readonly revision?: number;
  readonly callConnectionId?: string;
  readonly serverCallId?: string;
  readonly correlationId?: string;
  /** Random text, on which the participant ids of the call depend. */
  readonly salt: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly locator?: Locator;
  readonly context?: string;
  readonly metadata?: Metadata;
  readonly participants: readonly Participant[];
  /** Key of the ParticipantsUpdated that `participants` came from; the highest wins, in whatever order they arrive. */
  readonly participantsOrder?: string;
  /** The identity of the app in the call: ACS's participant lists may name it. */
  readonly application?: string;
  /** Everyone who was ever asked into the call or seen in it. */
  readonly roster: Roster;
  /** The stamps of the participant lists that came last. */
  readonly lists?: readonly string[];
  readonly connectedAt?: string;
  readonly endedAt?: string;
  readonly end?: { readonly acsCode: number; readonly acsSubCode?: number; readonly acsMessage: string };
  /** The read before the app ended the call, which was connecting as far as is known, did not show whether it was connected. */
  readonly isConnectionUnknown?: true;
  /** Why the app ended the call, where it asked ACS to. */
  readonly appReason?: Reason;
  /** Key of the event that `end` came from, for the same reason. */
  readonly endOrder?: string;
  readonly incoming?: IncomingDetails;
  readonly open: Readonly<Record<string, OpenOperation>>;
  /** By operation: the events that overtook the response of ACS. */
  readonly buffered: Readonly<Record<string, BufferedEvents>>;
  /** The operations that settled last, in that order. */
  readonly recentlySettled: Readonly<Record<string, Origin>>;
  /** Operations that are sent as soon as ACS names the call: a hang-up of a call whose connection is not known. */
  readonly deferred?: readonly string[];
  /** Where a limit counts open calls: whether it counts as one, or waits until it may. */
  readonly slot?: 'held' | 'waiting';
  /** Outbox messages were stored with the call; a crash may have left some unsent. */
  readonly hasOutbox?: true;
  /** Created with several targets. */
  readonly isGroup?: boolean;
  /** Continuous DTMF, by the operation that started it. */
  readonly listening?: Readonly<Record<string, Listening>>;
  /** When events that need not name their operation last arrived: one may overtake the response of ACS. */
  readonly lastEventAt?: Readonly<Partial<Record<EventKind, string>>>;
  /** Its audio and its transcription, where they are streamed. */
  readonly streams?: Readonly<Partial<Record<StreamName, StreamRecord>>>;
  readonly recordings: Recordings;
  /** Sequences that have worked on the call, in the order in which they did first. */
  readonly sequenceIds?: readonly string[];
  /** Sequences that receive its events and its end. */
  readonly watchers?: Watchers;
}

/** A record of a call without participants, operations or recordings. */
export function newCallRecord(
  call: Pick<CallRecord, 'callId' | 'direction' | 'createdAt' | 'salt'> & Partial<CallRecord>,
): CallRecord {
  return {
    status: 'connecting',
    participants: [],
    roster: {},
    open: {},
    buffered: {},
    recentlySettled: {},
    recordings: {},
    ...call,
  };
}

/** Whether the call has ended. Nothing revives a call: ACS never reuses a connection. */
export function hasEnded(call: Pick<CallRecord, 'status'>): boolean {
  return call.status === 'disconnected' || call.status === 'failed';
}

/** Whether a request can be made of the call at ACS: by its connection, or by its server call unless others started that. */
export function isReachable(call: Pick<CallRecord, 'callConnectionId' | 'serverCallId' | 'direction'>): boolean {
  return call.callConnectionId !== undefined || (call.serverCallId !== undefined && call.direction !== 'joined');
}

/** Whether the call is over: it has ended, or it rang and was rejected, redirected or left to ring out. */
export function isOver(record: CallRecord): boolean {
  const { incoming } = record;
  return hasEnded(record) || (record.status === 'ringing' && incoming !== undefined && incoming.status !== 'ringing');
}

/**
 * The call resource; undefined while the call only rings, because a ringing call is an incoming call and no call yet.
 * A call that has ended has no participants.
 */
export function toCall(record: CallRecord): Call | undefined {
  if (record.status === 'ringing') {
    return undefined;
  }
  const { endedAt, ...open } = record;
  const ending = endingOf(record);
  const current: CallRecord = ending ? record : open;
  return shown(callSchema, {
    ...record,
    status: record.status,
    participants: ending ? [] : record.participants.map((one) => toParticipant(record, one)),
    roster: toRoster({ ...current, ending }),
    ...ending,
    ...(ending && endedAt !== undefined && { durationSeconds: durationSeconds(record.connectedAt, endedAt) }),
    ...toStreams(current, current.endedAt),
    recordingIds: Object.keys(record.recordings),
    sequenceIds: record.sequenceIds ?? [],
    ...contextOf(record.incoming),
  });
}

/** The incoming-call resource; a call that rang longer than `ringWindowSeconds` without an answer shows as stale. */
export function toIncomingCall(record: CallRecord, now: string, ringWindowSeconds: number): IncomingCall | undefined {
  if (!record.incoming) {
    return undefined;
  }
  const { context, customContext, status, ...details } = record.incoming;
  const current = status === 'ringing' && isPastRingWindow(record.incoming, now, ringWindowSeconds) ? 'stale' : status;
  return {
    incomingCallId: record.callId,
    ...details,
    status: current,
    ...(current === 'answered' && { callId: record.callId }),
    ...contextOf(record.incoming),
  };
}

function contextOf(incoming: IncomingDetails | undefined): Pick<Call, 'customContext'> {
  const headers = incoming?.customContext ? shownHeaders(incoming.customContext) : [];
  return headers.length > 0 ? { customContext: headers } : {};
}

/** Whether the ring window is over, so that the caller can no longer be waiting for an answer. */
export function isPastRingWindow(incoming: IncomingDetails, now: string, ringWindowSeconds: number): boolean {
  return Date.parse(now) - Date.parse(incoming.receivedAt) > ringWindowSeconds * 1000;
}

/** An incoming call that was answered, rejected, redirected or left to ring out. */
export function withIncomingStatus(call: CallRecord, status: IncomingCall['status']): CallRecord {
  return call.incoming ? { ...call, incoming: { ...call.incoming, status } } : call;
}
