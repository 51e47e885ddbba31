/**
 * Stores a call after inputs to its operations. What settled is stored, published and reported here, whatever the inputs
 * were; a presumed outcome is stored first and published when its grace period is over.
 */
import { type CallRecord, isOver } from '../../calls/call.ts';
import type { Digit } from '../../calls/continuous-dtmf.ts';
import type { RawEvent } from '../../calls/event.ts';
import { storedResult } from '../../calls/masking.ts';
import { type Advanced, capped, type Settled, settlePresumed, unadvanced } from '../../calls/operation-life/advance.ts';
import type { Clock } from '../../calls/operation-life/life.ts';
import { settledEntry, type TimelineEntry } from '../../calls/timeline.ts';
import { errorName } from '../../errors.ts';
import { settlements } from '../../operations/index.ts';
import { maxPresumedPerWrite, maxSettledPerWrite, type Stored } from '../../storage/calls.ts';
import type { Refusal } from '../../storage/tables.ts';
import { measureOperation } from '../../telemetry/metrics.ts';
import type { Notification } from '../../webhooks/outbox-message.ts';
import { commit } from '../commit.ts';
import type { Settler } from '../ledger.ts';
import { sequencesToWake, settledNotifications } from './notifications.ts';
import { reportStatus } from './report-status.ts';

/** The time now, and the end of a grace period that starts now. */
export function clockOf(ledger: Pick<Settler, 'now' | 'presumedOutcomeGraceMs'>): Clock {
  const now = ledger.now();
  return { now, graceEndsAt: new Date(Date.parse(now) + ledger.presumedOutcomeGraceMs).toISOString() };
}

/** What a write holds besides the call and what settled. */
export interface Besides {
  readonly event?: TimelineEntry;
  /** The event itself. */
  readonly raw?: RawEvent;
  /** Entries besides those of what settled. */
  readonly timeline?: readonly TimelineEntry[];
  readonly digit?: Digit;
  readonly notifications?: readonly Notification[];
}

/** How a write ended, and what settled by it. */
export interface Stage {
  readonly written: Refusal | 'written';
  readonly settled: readonly Settled[];
}

/** Writes the call whole or not at all, and settles what is presumed and due along with it. */
export async function store(
  ledger: Settler,
  before: Stored,
  advanced: Advanced,
  besides: Besides = {},
): Promise<Stage> {
  const { notifications = [], timeline = [], ...entries } = besides;
  const due = settlePresumed(advanced, settlements, clockOf(ledger));
  const { call, settled, presumed } = capped(before.record, due, maxSettledPerWrite);
  const change = {
    before: before.record,
    call: { record: call, etag: before.etag },
    ...entries,
    settles: [
      ...settled.map(
        ({ operationId, outcome }) =>
          [operationId, storedResult(outcome, before.record.open[operationId]?.origin)] as const,
      ),
      ...presumed
        .slice(0, maxPresumedPerWrite)
        .map(({ operationId, until }) => [operationId, { presumedUntil: until }] as const),
    ],
    timeline: [
      ...timeline,
      ...settled.map(({ operationId, name, outcome }) =>
        settledEntry(operationId, name, outcome, besides.event?.event),
      ),
    ],
  };
  if (isRelisted(before.record, call)) {
    await ledger.index.reopen(call, ledger.now());
  }
  const published = [...notifications, ...settledNotifications(before.record, settled)];
  const written = await commit(ledger, change, published, sequencesToWake(before.record, call, settled));
  if (written !== 'written') {
    return { written, settled: [] };
  }
  reportStatus(ledger.log, before.record, call);
  reportSettled(ledger, before.record, settled);
  awaitGrace(ledger, call);
  return { written, settled };
}

/** Whether an event has revived a call that may be off the list of housekeeping: it was over, or unknown for long. */
function isRelisted(before: CallRecord, after: CallRecord): boolean {
  return (isOver(before) || before.status === 'unknown') && !isOver(after) && after.status !== 'unknown';
}

/** Settles the operations of a call whose grace period is over; those that settled. */
export async function settleAfterGrace(ledger: Settler, callId: string): Promise<readonly Settled[]> {
  for (;;) {
    const stored = await ledger.calls.readCall(callId);
    if (!stored) {
      return [];
    }
    const due = settlePresumed(unadvanced(stored.record), settlements, clockOf(ledger));
    if (due.settled.length === 0) {
      awaitGrace(ledger, stored.record);
      return [];
    }
    const { written, settled } = await store(ledger, stored, due);
    if (written === 'written') {
      return settled;
    }
  }
}

/** Starts the timer of a call with presumed outcomes, and stops that of one without. */
export function awaitGrace(ledger: Settler, { callId, open }: CallRecord): void {
  const ends = Object.values(open).flatMap(({ life }) => (life.state === 'presumed' ? [Date.parse(life.until)] : []));
  if (ends.length === 0) {
    ledger.graceTimers.stop(callId);
    return;
  }
  const background = { ...ledger, log: ledger.backgroundLog };
  const milliseconds = Math.max(0, Math.min(...ends) - Date.parse(ledger.now()));
  ledger.graceTimers.start(callId, milliseconds, async () => {
    try {
      await ledger.callQueues.run(callId, () => settleAfterGrace(background, callId));
    } catch (error) {
      background.log.presumedNotSettled({ callId, error: errorName(error) });
    }
  });
}

/** Reports what settled to the log, the metrics and the requests that wait. `call` is as it was before. */
function reportSettled(ledger: Settler, { callId, open }: CallRecord, settled: readonly Settled[]): void {
  for (const { operationId, name, outcome } of settled) {
    const { status, settledBy } = outcome;
    ledger.log.operationSettled({ callId, operationId, operation: name, status, settledBy });
    ledger.settlementSignal.notify(operationId);
    measureOperation(name, outcome.status, open[operationId]?.askedAt, outcome.settledAt);
  }
}
