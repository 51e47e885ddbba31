/** Takes callback events into the ledger: two storage transactions each, a read and one conditional write. */
import { type ParsedEvent, parseEvent } from '../../acs/wire/parse-event.ts';
import type { CallRecord } from '../../calls/call.ts';
import { digitOf } from '../../calls/continuous-dtmf.ts';
import { bufferEvent } from '../../calls/operation-life/buffered-events.ts';
import { mayHaveDroppedSettled, originIn } from '../../calls/operation-life/recently-settled.ts';
import { applyAndSettle, type Settled } from '../../calls/operation-life/settlement.ts';
import { type Origin, originOf } from '../../calls/origin.ts';
import { eventEntry, settledEntry, type TimelineEntry } from '../../calls/timeline.ts';
import { notifyWatchers } from '../../calls/watchers.ts';
import { settlements } from '../../operations/index.ts';
import { maxSettledPerWrite, type Stored } from '../../storage/calls.ts';
import { measureConnected, measureOperation } from '../../telemetry/metrics.ts';
import { inSpan, linkTo } from '../../telemetry/spans.ts';
import { indexRecordings } from '../commands/recording-target.ts';
import { commit } from '../commit.ts';
import type { Ledger } from '../ledger.ts';
import { eventNotification, recordingNotifications, sequencesToWake, settledNotifications } from './notifications.ts';

/** Takes each element of a callback by itself: one that is no event does not keep the others out. */
export async function receiveCallback(ledger: Ledger, callId: string, elements: readonly unknown[]): Promise<void> {
  for (const element of elements) {
    const parsed = parseEvent(element);
    if ('reason' in parsed) {
      ledger.log.callbackElementInvalid({ callId, reason: parsed.reason });
    } else {
      const take = () => receiveEvent(ledger, callId, parsed);
      await ledger.callQueues.run(callId, () => inSpan(parsed.kind, { callId, eventId: parsed.id }, take));
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
      ledger.log.eventRedelivered(ids);
      return;
    }
    if (outcome === 'written') {
      ledger.log.eventApplied(ids);
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
  const taken = parsed.event
    ? applyAndSettle(stored.record, parsed.event, settlements, now)
    : { call: stored.record, settled: [] };
  const { settled } = taken;
  const call = notifyWatchers(taken.call, { ...parsed, operationId: parsed.raw.data.operationContext });
  const digit = parsed.event && digitOf(parsed.event);
  const kept = settled.slice(0, maxSettledPerWrite);
  await indexRecordings(ledger, stored.record, call);
  const { operationContext: named } = parsed.raw.data;
  const origin = named === undefined ? {} : await originOfNamed(ledger, stored.record, named);
  linkTo(origin?.trace);
  const change = {
    call: {
      record: named !== undefined && !origin ? bufferEvent(call, named, parsed.raw, now) : call,
      etag: stored.etag,
    },
    event: eventEntry(parsed.event ?? parsed),
    ...(digit && { digit }),
    ...settlementRows(kept),
  };
  const told = origin ? [eventNotification(call.callId, parsed.raw, origin)] : [];
  const news = [
    ...told,
    ...settledNotifications(stored.record, kept),
    ...recordingNotifications(stored.record, call, now),
  ];
  const outcome = await commit(ledger, change, news, sequencesToWake(stored.record, call, kept));
  if (outcome === 'written') {
    ledger.connections.add(call.callId, call.callConnectionId);
    reportSettled(ledger, stored.record, kept);
    measureAnswer(stored.record, call);
  }
  return outcome;
}

/**
 * Whose an event is. Undefined when it overtook the answer of ACS: then it is told when the answer is written. An intent
 * is read only in a call that has forgotten its older operations.
 */
async function originOfNamed(ledger: Ledger, call: CallRecord, operationId: string): Promise<Origin | undefined> {
  const known = originIn(call, operationId);
  if (known || !mayHaveDroppedSettled(call)) {
    return known;
  }
  const intent = await ledger.calls.readIntent(operationId);
  return intent && originOf(intent);
}

/** The rows that settle operations of a call: the outcome itself, and its entry of the timeline. */
export function settlementRows(settled: readonly Settled[]) {
  return {
    settles: settled.map(({ operationId, outcome }) => [operationId, outcome] as const),
    timeline: settled.map(({ operationId, name, outcome }): TimelineEntry => settledEntry(operationId, name, outcome)),
  };
}

/** Tells the log, the metrics and those who wait. `call` is as it was before. */
export function reportSettled(ledger: Ledger, { callId, open }: CallRecord, settled: readonly Settled[]): void {
  for (const { operationId, name, outcome } of settled) {
    ledger.log.operationSettled({ callId, operationId, status: outcome.status, settledBy: outcome.settledBy });
    ledger.settlementSignal.notify(operationId);
    measureOperation(name, outcome.status, open[operationId]?.askedAt, outcome.settledAt);
  }
}

function measureAnswer(before: CallRecord, { connectedAt, incoming }: CallRecord): void {
  if (incoming && connectedAt !== undefined && before.connectedAt === undefined) {
    measureConnected(incoming.receivedAt, connectedAt);
  }
}
