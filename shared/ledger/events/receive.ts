/** Stores callback events: two storage transactions each, a read of the call and one conditional write. */
import { identityOf, type ParsedEvent, parseEvent } from '../../acs/wire/parse-event.ts';
import type { CallRecord } from '../../calls/call.ts';
import { digitOf } from '../../calls/continuous-dtmf.ts';
import type { RawEvent } from '../../calls/event.ts';
import { maskedEvent } from '../../calls/masking.ts';
import { unadvanced } from '../../calls/operation-life/advance.ts';
import { applyAndSettle } from '../../calls/operation-life/apply-event.ts';
import { bufferEvent } from '../../calls/operation-life/buffered-events.ts';
import { mayHaveDroppedSettled, originIn } from '../../calls/operation-life/recently-settled.ts';
import { type Origin, originOf } from '../../calls/origin.ts';
import { originOfRecording } from '../../calls/recording/recording-facts.ts';
import { eventEntry } from '../../calls/timeline.ts';
import { isOfOtherCall } from '../../calls/transitions.ts';
import { notifyWatchers } from '../../calls/watchers.ts';
import { settlements } from '../../operations/index.ts';
import { refuseEvent, refusingInvalid } from '../../refused-events.ts';
import type { Stored } from '../../storage/calls.ts';
import type { Refusal } from '../../storage/tables.ts';
import { measureConnected } from '../../telemetry/metrics.ts';
import { inSpan, linkTo } from '../../telemetry/spans.ts';
import { indexRecordings } from '../commands/recording-target.ts';
import type { Ledger } from '../ledger.ts';
import { awaitRestarts } from '../upkeep/restart-streams.ts';
import { sendDeferred } from '../upkeep/send-deferred.ts';
import { indexAcsIds } from './acs-ids.ts';
import { eventNotification, recordingNotifications } from './notifications.ts';
import { clockOf, store } from './settle.ts';

/** Stores each element of a callback by itself, so that one that cannot be processed does not block the others. */
export async function receiveCallback(ledger: Ledger, callId: string, elements: readonly unknown[]): Promise<void> {
  for (const element of elements) {
    const parsed = parseEvent(element);
    if ('reason' in parsed) {
      const { event, eventId } = identityOf(element);
      refuseEvent(ledger.log, { event, eventId, callId }, parsed.reason);
    } else {
      const take = () => receiveEvent(ledger, callId, parsed);
      const identity = { event: parsed.event?.kind ?? 'unknown', eventId: parsed.id, callId };
      await refusingInvalid(ledger.log, identity, async () => {
        const call = await ledger.callQueues.run(callId, () =>
          inSpan(parsed.kind, { callId, eventId: parsed.id }, take),
        );
        await (call && sendDeferred(ledger, call));
      });
    }
  }
}

/** Stores an event; the call as it is then, unless the event was stored before. */
async function receiveEvent(ledger: Ledger, callId: string, parsed: ParsedEvent): Promise<CallRecord | undefined> {
  const ids = { callId, eventId: parsed.id, event: parsed.kind };
  for (;;) {
    const stored = await ledger.calls.readCall(callId);
    if (!stored) {
      ledger.log.callbackOfUnknownCall({ callId });
      return undefined;
    }
    if (parsed.event && isOfOtherCall(stored.record, parsed.event)) {
      refuseEvent(ledger.log, ids, 'callConnectionId: that of another call');
      return undefined;
    }
    const { written, call } = await writeEvent(ledger, stored, parsed);
    if (written === 'exists') {
      ledger.log.eventRedelivered(ids);
      return undefined;
    }
    if (written === 'written') {
      ledger.log.eventApplied(ids);
      return call;
    }
  }
}

/** How the write of an event ended, and the call that it was to store. */
interface EventWrite {
  readonly written: Refusal | 'written';
  readonly call: CallRecord;
}

async function writeEvent(ledger: Ledger, stored: Stored, parsed: ParsedEvent): Promise<EventWrite> {
  const clock = clockOf(ledger);
  const applied = parsed.event
    ? applyAndSettle(stored.record, parsed.event, settlements, clock)
    : unadvanced(stored.record);
  const { operationContext: named } = parsed;
  const watched = notifyWatchers(applied.call, { ...parsed, operationId: named });
  await indexRecordings(ledger, stored.record, watched);
  await indexAcsIds(ledger, stored.record, watched);
  const subject = named ?? parsed.event?.recording?.recordingId;
  const origin = subject === undefined ? {} : await originOfSubject(ledger, stored.record, subject, named);
  linkTo(origin?.trace);
  const isBuffered = subject !== undefined && !origin && fitsBuffer(watched, parsed.raw);
  const call = isBuffered ? bufferEvent(watched, subject, parsed.raw, clock.now) : watched;
  const digit = parsed.event && digitOf(parsed.event);
  const { written } = await store(
    ledger,
    stored,
    { ...applied, call },
    {
      event: eventEntry(parsed.event ?? parsed, stored.record),
      // Whether its operation is masked is not known before the response is stored.
      raw: maskedEvent(parsed.raw, origin ?? { masked: true }),
      ...(digit && { digit }),
      notifications: [
        ...(isBuffered ? [] : [eventNotification(call, parsed.raw, origin ?? {})]),
        ...recordingNotifications(stored.record, call, clock.now),
      ],
    },
  );
  if (written === 'written') {
    ledger.connections.add(call.callId, call.callConnectionId);
    awaitRestarts(ledger, call);
    measureAnswer(stored.record, call);
  }
  return { written, call };
}

/** The origin of the operation that an event names, or of the recording that it is about. */
async function originOfSubject(
  ledger: Pick<Ledger, 'calls'>,
  call: CallRecord,
  subject: string,
  named: string | undefined,
): Promise<Origin | undefined> {
  return named === undefined ? originOfRecording(call, subject) : originOfNamed(ledger, call, named);
}

/**
 * The origin of the operation that an event names. Undefined when the event overtook the response of ACS: it is published
 * when the response is stored. An intent is read only in a call that has dropped its older operations.
 */
async function originOfNamed(
  ledger: Pick<Ledger, 'calls'>,
  call: CallRecord,
  operationId: string,
): Promise<Origin | undefined> {
  const known = originIn(call, operationId);
  if (known || !mayHaveDroppedSettled(call)) {
    return known;
  }
  const intent = await ledger.calls.readIntent(operationId);
  return intent && originOf(intent);
}

/** Characters of the buffered events of a call. Its row has 1 MiB at most, and must never become too large to be written. */
const maxBufferedLength = 150_000;

/** Whether an event can be kept until its operation is known; one that cannot is published without that operation's origin. */
function fitsBuffer({ buffered }: CallRecord, event: RawEvent): boolean {
  return JSON.stringify([buffered, event]).length <= maxBufferedLength;
}

function measureAnswer(before: CallRecord, { connectedAt, incoming }: CallRecord): void {
  if (incoming && connectedAt !== undefined && before.connectedAt === undefined) {
    measureConnected(incoming.receivedAt, connectedAt);
  }
}
