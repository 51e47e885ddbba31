/**
 * The timeline of a call: what was requested and by whom, what ACS answered and sent, what settled, and why. It names no
 * people, digits or words: people are there by their `participantId` only.
 */
import * as z from 'zod';
import { acsCodes, acsCodesOf } from './acs-codes.ts';
import type { CallEvent } from './event.ts';
import { operationStatusSchema } from './operation-life/operation-record.ts';
import type { Outcome } from './operation-life/outcome.ts';
import { type Requester, requesterSchema } from './origin.ts';
import { participantIdOf } from './participant-id.ts';

/** The kinds of entries with the place of each among entries of the same time; new kinds have higher ones. */
const order = {
  requested: 0,
  sent: 1,
  event: 2,
  settled: 3,
  routed: 4,
  takeover: 5,
  read: 6,
  sequenceStarted: 7,
  sequenceEnded: 8,
  recordingArchived: 9,
  recordingFailed: 10,
} as const;

export type TimelineKind = keyof typeof order;

/** One entry of the timeline resource. Its ids link it to what it is about. */
export const timelineEntrySchema = z
  .object({
    at: z.iso.datetime(),
    kind: z.enum(Object.keys(order) as [TimelineKind, ...TimelineKind[]]),
    requestedBy: requesterSchema.optional(),
    why: z.string().optional().meta({ description: 'The rule, step, deadline or event that caused it' }),
    operation: z.string().optional(),
    operationId: z.string().optional(),
    sequenceId: z.string().optional(),
    recordingId: z.string().optional(),
    ruleId: z.string().optional(),
    event: z.string().optional(),
    eventId: z.string().optional(),
    input: z.record(z.string(), z.unknown()).optional().meta({
      description: 'The input in short: people by `participantId`, numbers, choices, and how many of what is a list',
    }),
    participantIds: z.array(z.string()).optional().meta({ description: 'Those whom an event is about' }),
    action: z.string().optional().meta({ description: 'The action for an incoming call' }),
    status: operationStatusSchema.optional(),
    settledBy: z.string().optional(),
    ...acsCodes,
    message: z.string().optional(),
  })
  .meta({ id: 'TimelineEntry', additionalProperties: {} });

export type TimelineEntry = Readonly<z.infer<typeof timelineEntrySchema>>;

/** An event with what names it, the operation that it names among them. */
type Reported = Pick<CallEvent, 'id' | 'at' | 'operationContext' | 'result'> &
  Partial<Pick<CallEvent, 'participants' | 'participant' | 'recording'>> & { readonly kind: string };

/** The call of an event, as far as its entry needs it. */
interface Reporting {
  readonly salt: string;
  readonly open?: Readonly<Record<string, { readonly name: string }>>;
}

/** The entry of an event that arrived. */
export function eventEntry(event: Reported, call?: Reporting): TimelineEntry {
  const { id, at, kind, operationContext: operationId, result, recording } = event;
  const people = [...(event.participants ?? []).map((one) => one.participant), event.participant ?? []].flat();
  const operation = call?.open?.[operationId ?? '']?.name;
  return {
    at,
    kind: 'event',
    event: kind,
    eventId: id,
    why: operationId === undefined ? 'raised for the call' : `raised for ${operation ?? 'an operation'}`,
    ...(operationId !== undefined && { operationId }),
    ...(recording && { recordingId: recording.recordingId }),
    ...(call && people.length > 0 && { participantIds: people.map((one) => participantIdOf(call, one)) }),
    ...(result && { acsCode: result.code, acsSubCode: result.subCode, acsMessage: result.message }),
  };
}

/** What is known of a request besides its operation. */
interface Requested {
  readonly at: string;
  readonly requestedBy: Requester;
  readonly step?: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The entry of an operation that was requested. */
export function requestedEntry(
  ids: Pick<TimelineEntry, 'operationId' | 'operation' | 'sequenceId' | 'recordingId'>,
  { at, requestedBy, step, input }: Requested,
): TimelineEntry {
  const { kind, id } = requestedBy;
  return {
    at,
    kind: 'requested',
    ...ids,
    requestedBy,
    why: causes[kind](id, step),
    ...(kind === 'rule' && id !== undefined && { ruleId: id }),
    ...(Object.keys(input).length > 0 && { input }),
  };
}

const causes: Readonly<Record<Requester['kind'], (id: string | undefined, step: string | undefined) => string>> = {
  api: () => 'a request to the API',
  rule: (id) => ruleInWords(id),
  sequence: (_, step) => (step === undefined ? 'a sequence' : `step ${step}`),
  switchboard: () => 'a stream that failed',
};

/** The rule that decides on an incoming call; without one its default action. */
export function ruleInWords(ruleId: string | undefined): string {
  return ruleId === undefined ? 'no rule matches: the default action' : `rule ${ruleId}`;
}

/** The entry of an operation that settled; `event` is the kind of the one that was stored with the outcome. */
export function settledEntry(
  operationId: string,
  operation: string,
  outcome: Outcome,
  event?: string | undefined,
): TimelineEntry {
  const { settledAt: at, status, settledBy, error } = outcome;
  return {
    at,
    kind: 'settled',
    operationId,
    operation,
    status,
    settledBy,
    why: settledBy === 'event' && event !== undefined ? `the event ${event}` : evidence[settledBy],
    ...(error && { ...acsCodesOf(error), message: error.message }),
  };
}

const evidence: Readonly<Record<Outcome['settledBy'], string>> = {
  response: 'the response of ACS',
  event: 'an event of ACS',
  read: 'a read of the call at ACS',
  deadline: 'its deadline',
};

/** The table key of an entry: by time, and the same for the same event, so that an event is inserted once. */
export function timelineKey({ at, kind, eventId, operationId, recordingId, sequenceId }: TimelineEntry): string {
  return `${at}:${order[kind]}:${eventId ?? operationId ?? recordingId ?? sequenceId ?? kind}`;
}
