/** An erasure: the resource of the API, the record of its job, and how a step changes that. Pure. */
import * as z from 'zod';
import { type Requester, requesterSchema } from '../calls/origin.ts';

/** What an erasure removes. */
export const kinds = [
  'calls',
  'rows',
  'recordings',
  'operations',
  'sequences',
  'routingRules',
  'events',
  'deliveries',
  'queueMessages',
  'deadLetters',
] as const;

export type Kind = (typeof kinds)[number];

/** How many of each kind; one without any is absent. */
export type Counts = Readonly<Partial<Record<Kind, number>>>;

/** Why something could not be removed. */
export const keptReasons = ['legalHold', 'immutable', 'acsRefused', 'ownContainer', 'forbidden'] as const;

export type KeptReason = (typeof keptReasons)[number];

/** By kind. The kinds are listed in docs/how-to/erase-a-person.md: an enumeration here would stand three times in the description. */
const countsSchema = z.record(z.string(), z.int());

/** The erasure resource: a receipt that does not name the person. */
export const erasureSchema = z
  .object({
    erasureId: z.uuid(),
    status: z.enum(['running', 'waiting', 'incomplete', 'completed']).meta({
      description: '`incomplete`: done but for what is `kept`',
    }),
    personHash: z.string().optional().meta({ description: 'The same for the same person' }),
    callId: z.uuid().optional(),
    requestedBy: requesterSchema,
    createdAt: z.iso.datetime(),
    completedAt: z.iso.datetime().optional(),
    removed: countsSchema,
    waitingFor: countsSchema.optional(),
    kept: z.array(z.object({ kind: z.enum(kinds), reason: z.enum(keptReasons), count: z.int() })).meta({
      description: 'What could not be removed',
    }),
  })
  .meta({ id: 'Erasure' });

export type Erasure = Readonly<z.infer<typeof erasureSchema>>;

/** Something that could not be removed. `at` is where it is: a folder of the archive, an address at ACS. */
export interface Kept {
  readonly kind: Kind;
  readonly reason: KeptReason;
  readonly count: number;
  readonly at: string;
}

/** Whom or what an erasure is about. */
export type Subject = { readonly participant: string } | { readonly callId: string };

/** The record of the job. A pass goes through all steps; the job is done when a whole pass finds nothing. */
export interface ErasureRecord {
  readonly erasureId: string;
  readonly createdAt: string;
  readonly requestedBy: Requester;
  /** Absent once the erasure is over: the receipt does not name the person. */
  readonly subject?: Subject;
  readonly personHash?: string;
  readonly callId?: string;
  /** The step of the pass, and its position there. */
  readonly step: number;
  readonly position?: string;
  /** How much the pass has found so far. */
  readonly found: number;
  readonly removed: Counts;
  readonly waitingFor?: Counts;
  readonly kept: readonly Kept[];
  /** Until then a process works on it: two at once would both remove, and one count. */
  readonly leaseUntil?: string;
  /** Before then there is nothing to do. */
  readonly notBefore?: string;
  readonly completedAt?: string;
}

/** The outcome of one step over a page. */
export interface StepOutcome {
  /** The position of the next page; absent when the step is done. */
  readonly next?: string | undefined;
  readonly removed?: Counts;
  /** What else was found that calls for another pass, such as calls that are yet to be removed. */
  readonly found?: number;
  /** What is not over: the step starts over later. */
  readonly waitingFor?: Counts;
  readonly kept?: readonly Kept[];
}

/** The record of a new job. */
export function newErasure(
  record: Pick<ErasureRecord, 'erasureId' | 'createdAt' | 'requestedBy' | 'subject' | 'personHash' | 'callId'>,
): ErasureRecord {
  return { ...record, step: 0, found: 0, removed: {}, kept: [] };
}

/** Whether there is something to do now, and no process at it. */
export function isDue({ leaseUntil = '', notBefore = '' }: ErasureRecord, now: string): boolean {
  return leaseUntil <= now && notBefore <= now;
}

/** Whether there is nothing left to do, now or later. */
export function isDone({ completedAt, kept }: ErasureRecord): boolean {
  return completedAt !== undefined && retried(kept).length === 0;
}

/** What is tried again after the erasure: files of recordings, but for those that are someone else's to remove. */
export function retried(kept: readonly Kept[]): readonly Kept[] {
  return kept.filter(({ kind, reason }) => kind === 'recordings' && reason !== 'ownContainer');
}

/** What a job knows besides its record when a step is done. */
interface Pace {
  readonly now: string;
  /** The number of steps of a pass. */
  readonly steps: number;
  /** How long after a pass that found something the next one starts, so that it sees what was on its way. */
  readonly settleSeconds: number;
}

/** The record after a step. */
export function afterStep(
  record: ErasureRecord,
  outcome: StepOutcome,
  { now, steps, settleSeconds }: Pace,
): ErasureRecord {
  const { position: _, waitingFor: __, notBefore: ___, leaseUntil: ____, ...rest } = record;
  const { removed = {}, next, waitingFor = {}, kept = [] } = outcome;
  const counted: ErasureRecord = {
    ...rest,
    removed: sum(record.removed, removed),
    found: record.found + total(removed) + (outcome.found ?? 0),
    kept: [...record.kept.filter(({ at }) => !kept.some((one) => one.at === at)), ...kept],
  };
  // A step that starts over counts anew what is not over.
  const earlier = record.position === undefined ? {} : record.waitingFor;
  const waiting = sum(earlier ?? {}, waitingFor);
  if (next !== undefined) {
    return { ...counted, position: next, ...(total(waiting) > 0 && { waitingFor: waiting }) };
  }
  if (total(waiting) > 0) {
    return { ...counted, waitingFor: waiting, notBefore: later(now, settleSeconds) };
  }
  if (record.step + 1 < steps) {
    return { ...counted, step: record.step + 1 };
  }
  if (counted.found > 0) {
    return { ...counted, step: 0, found: 0, notBefore: later(now, settleSeconds) };
  }
  const { subject: _____, ...receipt } = counted;
  return { ...receipt, completedAt: now };
}

/** The sum of two counts. */
export function sum(a: Counts, b: Counts): Counts {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const count = (a[kind] ?? 0) + (b[kind] ?? 0);
      return count > 0 ? [[kind, count]] : [];
    }),
  );
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}

/** A time some seconds after another. */
export function later(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString();
}

/** The resource of a job. */
export function toErasure(record: ErasureRecord): Erasure {
  const { erasureId, personHash, callId, requestedBy, createdAt, completedAt, removed, waitingFor, kept } = record;
  return {
    erasureId,
    status: statusOf(record),
    ...(personHash !== undefined && { personHash }),
    ...(callId !== undefined && { callId }),
    requestedBy,
    createdAt,
    ...(completedAt !== undefined && { completedAt }),
    removed,
    ...(waitingFor && { waitingFor }),
    kept: grouped(kept),
  };
}

function statusOf(record: ErasureRecord): Erasure['status'] {
  if (record.completedAt === undefined) {
    return record.waitingFor ? 'waiting' : 'running';
  }
  return record.kept.length > 0 ? 'incomplete' : 'completed';
}

/** What is kept by kind and reason, without where it is. */
function grouped(kept: readonly Kept[]): Erasure['kept'] {
  const counts = new Map<string, Erasure['kept'][number]>();
  for (const { kind, reason, count } of kept) {
    const key = `${kind} ${reason}`;
    counts.set(key, { kind, reason, count: count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts.values()];
}
