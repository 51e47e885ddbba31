/** What came of the request to ACS, as it changes the call and the operation. Pure. */
import type { Exchange } from '../../acs/client/exchange.ts';
import { type CallRecord, hasEnded, type OpenOperation, type Outcome } from '../../calls/call.ts';
import type { RawEvent } from '../../calls/event.ts';
import { bufferedOutcome, withoutBuffered } from '../../calls/operation-life/buffered-events.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { withSettled } from '../../calls/operation-life/recently-settled.ts';
import { evidencedOutcome, outcomeOfCallEnd, wasConfirmedSince } from '../../calls/operation-life/settlement.ts';
import { startDeadline } from '../../calls/operation-life/start-deadline.ts';
import { originOf } from '../../calls/origin.ts';
import { recordingStarted, recordingStepped } from '../../calls/recording/recording-facts.ts';
import { settledEntry, type TimelineEntry } from '../../calls/timeline.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';

/** The call, the operation and the timeline after the exchange. */
export interface AppliedResponse {
  readonly call: CallRecord;
  readonly progress: Progress;
  readonly timeline: readonly TimelineEntry[];
  /** How the operation ended, if it has. */
  readonly outcome: Outcome | undefined;
  /** The events that came before the answer. */
  readonly held: readonly RawEvent[];
}

/** Takes the exchange into a call that may have moved on since the request was made: its event may have come first. */
export function applyResponse(
  before: CallRecord,
  operation: Operation,
  intent: Intent,
  exchange: Exchange<AcsResponse>,
  now: string,
): AppliedResponse {
  const overtaking = before.buffered[intent.operationId];
  const held = overtaking?.events ?? [];
  const { [intent.operationId]: _, ...others } = before.open;
  const record = withoutBuffered({ ...before, open: others }, intent.operationId);
  const requested: TimelineEntry = { ...entryOf(intent), at: intent.createdAt, kind: 'requested' };
  if (exchange.kind === 'refused') {
    return { ...refused(record, operation, intent, outcomeOfRefusal(exchange, now), requested), held };
  }
  const answered = exchange.kind === 'answered' ? connected(record, operation, intent, exchange.answer, now) : record;
  const told = bufferedOutcome(overtaking, operation.settles, intent.about);
  const outcome = told.outcome ?? outcomeOfAnswer(answered, operation, intent, exchange, now);
  const sent: TimelineEntry[] = exchange.kind === 'answered' ? [{ ...entryOf(intent), at: now, kind: 'sent' }] : [];
  const progress: Progress = {
    status: exchange.kind === 'answered' ? 'sent' : 'accepted',
    ...(exchange.kind === 'answered' && {
      sentAt: now,
      ...(exchange.answer.result && { result: exchange.answer.result }),
    }),
    ...outcome,
  };
  const isOpen = outcome === undefined || outcome.presumed === true;
  const begins = exchange.kind === 'silence' ? startDeadline(record, operation.settles, held, now) : undefined;
  const asked = openOperation({ ...intent, about: told.left }, exchange, outcome);
  const operationNow = begins === undefined ? asked : { ...asked, startDueAt: begins };
  return {
    call: isOpen
      ? { ...answered, open: { ...answered.open, [intent.operationId]: operationNow } }
      : withSettled(answered, intent.operationId, originOf(intent)),
    progress,
    timeline: [requested, ...sent, ...(outcome ? [settledEntry(intent.operationId, intent.name, outcome)] : [])],
    outcome,
    held,
  };
}

/** The outcome that a refusal is. */
function outcomeOfRefusal(refusal: Extract<Exchange<AcsResponse>, { kind: 'refused' }>, now: string): Outcome {
  const error = { code: 'acsRefused', message: refusal.message, source: 'acs', acsCode: refusal.code } as const;
  return { status: 'failed', settledBy: 'response', settledAt: now, error };
}

/** A refused operation leaves a call as it was; a call that it was to make is over before it began. */
function refused(
  call: CallRecord,
  operation: Operation,
  intent: Intent,
  outcome: Outcome,
  requested: TimelineEntry,
): Omit<AppliedResponse, 'held'> {
  const failed = operation.target === 'newCall' && !hasEnded(call);
  return {
    call: withSettled(
      failed ? { ...call, status: 'failed', endedAt: outcome.settledAt } : call,
      intent.operationId,
      originOf(intent),
    ),
    progress: outcome,
    timeline: [requested, settledEntry(intent.operationId, intent.name, outcome)],
    outcome,
  };
}

/** What the answer alone settles: an operation without an event, one whose effect shows already, one whose call is over. */
function outcomeOfAnswer(
  call: CallRecord,
  { settles }: Operation,
  intent: Intent,
  exchange: Exchange<AcsResponse>,
  now: string,
): Outcome | undefined {
  if (exchange.kind === 'answered' && settles.by === 'response') {
    return { status: 'succeeded', settledBy: 'response', settledAt: now };
  }
  if (
    exchange.kind === 'answered' &&
    settles.by === 'participants' &&
    settles.evidence(call.participants, intent.about)
  ) {
    return { ...evidencedOutcome(settles, now), settledBy: 'read' };
  }
  if (exchange.kind === 'answered' && wasConfirmedSince(call, settles, intent.createdAt)) {
    return { status: 'succeeded', settledBy: 'event', settledAt: now };
  }
  return hasEnded(call) ? outcomeOfCallEnd(call, settles, intent.about, now) : undefined;
}

function connected(
  call: CallRecord,
  operation: Operation,
  intent: Intent,
  answer: AcsResponse,
  now: string,
): CallRecord {
  const accepted = operation.accepted?.(call, intent) ?? call;
  return { ...answer.connection, ...withRecording(accepted, operation, intent, answer, now) };
}

function withRecording(
  call: CallRecord,
  { recordingStep }: Operation,
  { operationId, recordingId }: Intent,
  { recording }: AcsResponse,
  now: string,
): CallRecord {
  if (recording) {
    return recordingStarted(call, recording, operationId, now);
  }
  return recordingStep && recordingStep !== 'start' && recordingId
    ? recordingStepped(call, recordingStep, recordingId, now)
    : call;
}

function openOperation(intent: Intent, exchange: Exchange<AcsResponse>, outcome: Outcome | undefined): OpenOperation {
  const invitationId = exchange.kind === 'answered' ? exchange.answer.invitationId : undefined;
  return {
    name: intent.name,
    dueAt: intent.dueAt,
    askedAt: intent.createdAt,
    about: intent.about,
    origin: originOf(intent),
    ...(intent.media && { media: intent.media }),
    ...(invitationId !== undefined && { invitationId }),
    ...(exchange.kind === 'silence' && { unconfirmed: true as const }),
    ...(outcome && { presumed: outcome.status }),
  };
}

function entryOf({ operationId, name }: Intent) {
  return { operationId, operation: name };
}
