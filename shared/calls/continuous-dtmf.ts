/** Continuous DTMF: the participants that ACS listens to, and their digits in the order in which they were pressed. Pure. */
import * as z from 'zod';
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
    gaps: z.array(z.int()).meta({ description: 'Sequence ids that have not arrived' }),
    duplicates: z.array(z.int()).meta({ description: 'Sequence ids that arrived more than once' }),
    masked: z.literal(true).optional().meta({
      description: 'No digit is shown: a sequence collects them masked, or they are no longer kept',
    }),
  })
  .meta({ id: 'ContinuousDtmf' });

export type ContinuousDtmf = Readonly<z.infer<typeof continuousDtmfSchema>>;

/** One tone that ACS reported, stored under the operation that started the recognition. */
export interface Digit {
  readonly operationId: string;
  readonly eventId: string;
  readonly sequenceId: number;
  readonly tone: string;
  readonly at: string;
}

/** The recognition for one participant. */
export interface Listening {
  readonly participant: string;
  readonly startedAt: string;
  readonly status: 'listening' | 'stopped' | 'failed';
  /** Only the sequence that started it may read its digits; or they are no longer kept. */
  readonly masked?: true;
}

/** The part of a call that its recognitions are, each under the operation that started it. */
interface Recognizing {
  readonly listening?: Readonly<Record<string, Listening>>;
}

/** The digit that an event reports, if it names an operation. */
export function digitOf({ id, at, operationContext, tone }: CallEvent): Digit | undefined {
  return tone && operationContext !== undefined
    ? { operationId: operationContext, eventId: id, at, ...tone }
    : undefined;
}

/** The call once an operation started to listen. */
export function listeningTo<Call extends Recognizing>(
  call: Call,
  operationId: string,
  participant: string,
  startedAt: string,
  masked?: true,
): Call {
  const status = call.listening?.[operationId]?.status ?? 'listening';
  const started: Listening = { participant, startedAt, status, ...(masked && { masked }) };
  return { ...call, listening: { ...call.listening, [operationId]: started } };
}

/** The call once ACS no longer listens to these participants. */
export function withoutListening<Call extends Recognizing>(call: Call, participants: readonly string[]): Call {
  const listening = Object.entries(call.listening ?? {}).map(([id, one]) => [
    id,
    participants.includes(one.participant) && one.status === 'listening' ? { ...one, status: 'stopped' } : one,
  ]);
  return { ...call, listening: Object.fromEntries(listening) };
}

/** The call after ACS reported that it cannot listen, which may arrive before the response that says to whom. */
export function listeningFailed<Call extends Recognizing>(call: Call, { operationContext, at }: CallEvent): Call {
  if (operationContext === undefined) {
    return call;
  }
  const known = call.listening?.[operationContext] ?? { participant: '', startedAt: at };
  return { ...call, listening: { ...call.listening, [operationContext]: { ...known, status: 'failed' } } };
}

/** The call once the digits are no longer kept; undefined when it has none to remove. */
export function withoutDigits<Call extends Recognizing>(call: Call): Call | undefined {
  const all = Object.entries(call.listening ?? {});
  return all.every(([, { masked }]) => masked)
    ? undefined
    : { ...call, listening: Object.fromEntries(all.map(([id, one]) => [id, { ...one, masked: true as const }])) };
}

/** The operation that listens to the participant, or was the last to. Each numbers its digits from 1. */
export function lastListening(
  call: Recognizing,
  participant: string,
): (Pick<Listening, 'status' | 'masked'> & { readonly operationId: string }) | undefined {
  return Object.entries(call.listening ?? {})
    .filter(([, one]) => one.participant === participant)
    .sort(([, a], [, b]) => (a.startedAt < b.startedAt ? 1 : -1))
    .map(([operationId, { status, masked }]) => ({ operationId, status, ...(masked && { masked }) }))[0];
}

/** The tones of one recognition in the order in which they were pressed, up to the first that has not arrived. */
export function contiguousTones(kept: readonly Digit[]): string[] {
  const tones = new Map(kept.map(({ sequenceId, tone }) => [sequenceId, tone]));
  const ordered: string[] = [];
  for (let next = tones.get(1); next !== undefined; next = tones.get(ordered.length + 1)) {
    ordered.push(next);
  }
  return ordered;
}

/** Orders the digits of one recognition, and lists sequence ids that are missing or duplicate. ACS counts from 1. */
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
