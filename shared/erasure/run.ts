/**
 * Works on erasures, step by step: the record is written after each, so that any process resumes where another ended. A lease
 * keeps two from the same step: both would remove, which does no harm, but only one would count.
 */
import { runEach } from '../ledger/upkeep/run-each.ts';
import { eraseAt } from '../recordings/erase.ts';
import type { StoredErasure } from '../storage/erasures.ts';
import { readAll } from '../storage/page.ts';
import { isRefusal } from '../storage/tables.ts';
import { afterStep, type ErasureRecord, isDone, isDue, type Kept, later, retried, sum } from './erasure.ts';
import { mentionsOf } from './mentions.ts';
import type { ErasureParts } from './parts.ts';
import { steps } from './steps.ts';

/** Pages in one run (Switchboard's choice): some minutes of a timer at most. */
const mostPages = 500;

/** How long a process has for a step; when it dies, another resumes the erasure then. */
const leaseSeconds = 60;

/** How often what was kept is tried again. */
const retrySeconds = 3600;

/** Works on every erasure with work left. One that fails does not keep the others from it, and is resumed by the next run. */
export async function runErasures(parts: ErasureParts): Promise<void> {
  const open = await readAll((limit, position) => parts.store.page('open', limit, position));
  await runEach(
    ...open.map(
      ({ erasureId }) =>
        () =>
          runErasure(parts, erasureId),
    ),
  );
}

/** Works on one erasure until it is done, must wait, or the run has taken its share; not while another process does. */
export async function runErasure(parts: ErasureParts, erasureId: string): Promise<void> {
  const { store, ledger } = parts;
  const leased = (record: ErasureRecord) => ({ ...record, leaseUntil: later(ledger.now(), leaseSeconds) });
  const known = await store.read(erasureId);
  if (!known || !isDue(known.record, ledger.now())) {
    return;
  }
  let held = await write(parts, known, leased(known.record));
  for (let pages = 0; held && pages < mostPages; pages += 1) {
    if (isDone(held.record)) {
      await finish(parts, held.record);
      return;
    }
    const next = await advancedOrReleased(parts, held);
    if (!isDone(next) && !isDue(next, ledger.now())) {
      await write(parts, held, next);
      return;
    }
    held = await write(parts, held, leased(next));
  }
}

/** The record as written; undefined when another process has written it since. */
async function write(
  { store }: ErasureParts,
  { etag }: StoredErasure,
  record: ErasureRecord,
): Promise<StoredErasure | undefined> {
  const written = await store.write({ record, etag });
  return isRefusal(written) ? undefined : written;
}

/** The record after its next step. A step that fails ends the lease, so that the next run may resume at once. */
async function advancedOrReleased(parts: ErasureParts, held: StoredErasure): Promise<ErasureRecord> {
  try {
    return await advanced(parts, held.record);
  } catch (error) {
    const { leaseUntil: _, ...released } = held.record;
    await write(parts, held, released);
    throw error;
  }
}

/** The record after its next step, or after another try to delete what was kept. */
async function advanced(parts: ErasureParts, record: ErasureRecord): Promise<ErasureRecord> {
  const { ledger, settleSeconds } = parts;
  const step = steps[record.step];
  if (!record.subject || !step) {
    await parts.store.removeCalls(record.erasureId);
    const { leaseUntil: _, ...receipt } = record;
    return { ...receipt, kept: await stillKept(parts, record.kept), notBefore: later(ledger.now(), retrySeconds) };
  }
  const found = await parts.store.allCalls(record.erasureId);
  const calls = new Map(found.map(({ callId, isRemoved }) => [callId, isRemoved ?? false]));
  const { erasureId, subject, position } = record;
  const mentions = mentionsOf(subject, new Set(calls.keys()));
  const outcome = await step(parts, { erasureId, subject, calls, mentions }, position);
  const next = afterStep(record, outcome, { now: ledger.now(), steps: steps.length, settleSeconds });
  if (next.completedAt === undefined) {
    return next;
  }
  return {
    ...next,
    removed: found.reduce((all, { counts = {} }) => sum(all, counts), next.removed),
    kept: [...next.kept, ...found.flatMap(({ kept = [] }) => kept)],
  };
}

/** Removes what the job needed. The receipt stays. */
async function finish({ store, ledger }: ErasureParts, { erasureId, removed }: ErasureRecord): Promise<void> {
  await store.removeCalls(erasureId);
  await store.close(erasureId);
  ledger.log.erasureCompleted({ erasureId, calls: removed.calls ?? 0 });
}

/** What is still there after another try. */
async function stillKept({ archive: { archive, sources } }: ErasureParts, kept: readonly Kept[]): Promise<Kept[]> {
  const others = kept.filter((one) => !retried(kept).includes(one));
  const left: Kept[] = [];
  for (const { kind, at } of retried(kept)) {
    left.push(...(await eraseAt(archive, sources, at)).map((files) => ({ kind, ...files })));
  }
  return [...others, ...left];
}
