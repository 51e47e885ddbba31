/** Continuous DTMF: who is listened to, and the digits in the order in which they were pressed. Pure. */
import * as z from 'zod';
import type { CallRecord } from './call.ts';
import type { CallEvent } from './event.ts';

const digitSchema = z.object({
  sequenceId: z.int(),
  tone: z.string().meta({ description: "ACS's name of the tone", example: 'five' }),
  at: z.iso.datetime(),
});

/** The digits of one participant as the API shows them. */
export const continuousDtmfSchema = z
  .object({
    participant: z.string(),
    status: z.enum(['listening', 'stopped', 'failed', 'none']),
    digits: z.array(digitSchema).meta({ description: 'In the order of sequenceId' }),
    gaps: z.array(z.int()).meta({ description: 'Sequence ids that have not come' }),
    duplicates: z.array(z.int()).meta({ description: 'Sequence ids that came more than once' }),
  })
  .meta({ id: 'ContinuousDtmf' });

export type ContinuousDtmf = Readonly<z.infer<typeof continuousDtmfSchema>>;

/** One tone that ACS reported, as it is kept: under the operation that began to listen. */
export interface Digit {
  readonly operationId: string;
  readonly eventId: string;
  readonly sequenceId: number;
  readonly tone: string;
  readonly at: string;
}

/** Listening to one participant, by the operation that began it. */
export interface Listening {
  readonly participant: string;
  readonly startedAt: string;
  readonly status: 'listening' | 'stopped' | 'failed';
}

/** The digit that an event reports, if it reports one of an operation of ours. */
export function digitOf({ id, at, operationContext, tone }: CallEvent): Digit | undefined {
  return tone && operationContext !== undefined
    ? { operationId: operationContext, eventId: id, at, ...tone }
    : undefined;
}

/** The call once an operation began to listen. */
export function listeningTo(call: CallRecord, operationId: string, participant: string, startedAt: string): CallRecord {
  const began: Listening = { participant, startedAt, status: 'listening' };
  return { ...call, listening: { ...call.listening, [operationId]: began } };
}

/** The call once nobody listens to these participants any more. */
export function withoutListening(call: CallRecord, participants: readonly string[]): CallRecord {
  const listening = Object.entries(call.listening ?? {}).map(([id, one]) => [
    id,
    participants.includes(one.participant) && one.status === 'listening' ? { ...one, status: 'stopped' } : one,
  ]);
  return { ...call, listening: Object.fromEntries(listening) };
}

/** The call after ACS told that it cannot listen. */
export function listeningFailed(call: CallRecord, { operationContext = '' }: CallEvent): CallRecord {
  const known = call.listening?.[operationContext];
  return known
    ? { ...call, listening: { ...call.listening, [operationContext]: { ...known, status: 'failed' } } }
    : call;
}

/** The operation that listens to the participant, or did so last. Each has a sequence of its own. */
export function lastListening(
  call: CallRecord,
  participant: string,
): { readonly operationId: string; readonly status: Listening['status'] } | undefined {
  return Object.entries(call.listening ?? {})
    .filter(([, one]) => one.participant === participant)
    .sort(([, a], [, b]) => (a.startedAt < b.startedAt ? 1 : -1))
    .map(([operationId, { status }]) => ({ operationId, status }))[0];
}

/** Orders the digits of one listening. What is missing or came twice is told, never guessed; ACS counts from 1. */
export function inSequence(kept: readonly Digit[]): Pick<ContinuousDtmf, 'digits' | 'gaps' | 'duplicates'> {
  const digits = kept
    .map(({ sequenceId, tone, at }) => ({ sequenceId, tone, at }))
    .sort((a, b) => a.sequenceId - b.sequenceId || (a.at < b.at ? -1 : 1));
  const ids = digits.map(({ sequenceId }) => sequenceId);
  const seen = new Set(ids);
  const last = ids.at(-1) ?? 0;
  return {
    digits,
    gaps: Array.from({ length: last }, (_, index) => index + 1).filter((id) => !seen.has(id)),
    duplicates: [...seen].filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id)),
  };
}
