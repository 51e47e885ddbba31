/** Takes callback events into the ledger: two storage transactions each, a read and one conditional write. */
import { type ParsedEvent, parseEvent } from '../acs/events.ts';
import { digitOf } from '../calls/continuous-dtmf.ts';
import { type Settled, takeEvent } from '../calls/settlement.ts';
import { eventEntry, settledEntry, type TimelineEntry } from '../calls/timeline.ts';
import { settlements } from '../operations/index.ts';
import { maxSettledPerWrite, type Stored } from '../storage/calls.ts';
import type { Ledger } from './ledger.ts';
import { indexRecordings } from './recording-target.ts';

/** Takes each element of a callback by itself: one that is no event does not keep the others out. */
export async function receiveCallback(ledger: Ledger, callId: string, elements: readonly unknown[]): Promise<void> {
  for (const element of elements) {
    const parsed = parseEvent(element);
    if ('reason' in parsed) {
      ledger.log.eventRefused({ callId, reason: parsed.reason });
    } else {
      await ledger.turns.take(callId, () => receiveEvent(ledger, callId, parsed));
    }
  }
}

async function receiveEvent(ledger: Ledger, callId: string, parsed: ParsedEvent): Promise<void> {
  const ids = { callId, eventId: parsed.id, event: parsed.kind };
  for (;;) {
    const stored = await ledger.calls.readCall(callId);
    if (!stored) {
      ledger.log.callbackOfUnknownCall({ callId });
      return;
    }
    const outcome = await writeEvent(ledger, stored, parsed);
    if (outcome === 'exists') {
      ledger.log.eventRepeated(ids);
      return;
    }
    if (outcome === 'written') {
      ledger.log.eventTaken(ids);
      return;
    }
  }
}

async function writeEvent(
  ledger: Ledger,
  stored: Stored,
  parsed: ParsedEvent,
): Promise<'written' | 'exists' | 'changed' | 'missing'> {
  const now = ledger.now();
  const { call, settled } = parsed.event
    ? takeEvent(stored.record, parsed.event, settlements, now)
    : { call: stored.record, settled: [] };
  const digit = parsed.event && digitOf(parsed.event);
  const kept = settled.slice(0, maxSettledPerWrite);
  await indexRecordings(ledger, stored.record, call);
  const outcome = await ledger.calls.write({
    call: { record: call, etag: stored.etag },
    event: eventEntry(parsed.event ?? parsed),
    ...(digit && { digit }),
    ...settling(kept),
  });
  if (outcome === 'written') {
    ledger.connections.remember(call.callId, call.callConnectionId);
    tell(ledger, call.callId, kept);
  }
  return outcome;
}

/** The rows that settle operations of a call: the outcome itself, and its entry of the timeline. */
export function settling(settled: readonly Settled[]) {
  return {
    settles: settled.map(({ operationId, outcome }) => [operationId, outcome] as const),
    timeline: settled.map(({ operationId, name, outcome }): TimelineEntry => settledEntry(operationId, name, outcome)),
  };
}

/** Tells the log and those who wait. */
export function tell(ledger: Ledger, callId: string, settled: readonly Settled[]): void {
  for (const { operationId, outcome } of settled) {
    ledger.log.operationSettled({ callId, operationId, status: outcome.status, settledBy: outcome.settledBy });
    ledger.settledness.announce(operationId);
  }
}
