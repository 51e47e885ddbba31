/**
 * Removes the intents that a crash left before anything else was stored of their operation: no row of a call leads to them, so
 * the table is searched, once a day.
 */
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { fromEntity } from '../../storage/document.ts';
import type { Ledger } from '../ledger.ts';
import { dayMs, type Retention } from './retention.ts';

/** Pages of up to 1,000 intents in one run (Switchboard's choice); the next run goes on. */
const mostPages = 50;

/** Removes those that are older than calls are kept, and whose call is gone. */
export async function removeOrphanIntents(
  { calls, now, log }: Pick<Ledger, 'calls' | 'now' | 'log'>,
  { days, intents, intentScan }: Retention,
  most = mostPages,
): Promise<void> {
  if (days === 0) {
    return;
  }
  const before = (howManyDays: number) => new Date(Date.parse(now()) - howManyDays * dayMs).toISOString();
  const { position: start, doneAt = '' } = await intentScan.read();
  if (start === undefined && doneAt > before(1)) {
    return;
  }
  let position = start;
  let removed = 0;
  for (let pages = 0; pages < most; pages += 1) {
    const { rows, next } = await intents(position);
    const old = rows.map(({ entity }) => fromEntity<Intent>(entity)).filter((one) => one.createdAt <= before(days));
    for (const { operationId, callId } of old) {
      if (!(await calls.readCall(callId))) {
        await calls.removeIntent(operationId);
        removed += 1;
      }
    }
    position = next;
    if (position === undefined) {
      break;
    }
  }
  await intentScan.write(position === undefined ? { doneAt: now() } : { position });
  if (removed > 0) {
    log.expiredRemoved({ operations: removed, rows: removed });
  }
}
