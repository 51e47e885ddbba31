/** Applies the response of ACS to a call and its operation, whose events may have arrived first. Pure. */
import type { AcsRefusal } from '../../acs/client/exchange.ts';
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import type { RawEvent } from '../../calls/event.ts';
import { withLabels } from '../../calls/labels.ts';
import { bufferedOutcome, withoutBuffered } from '../../calls/operation-life/buffered-events.ts';
import { type Clock, type KnownLife, type LifeInput, nextLife } from '../../calls/operation-life/life.ts';
import type { OpenOperation } from '../../calls/operation-life/open-operation.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { type Outcome, withResult } from '../../calls/operation-life/outcome.ts';
import { withSettled } from '../../calls/operation-life/recently-settled.ts';
import { startDeadline } from '../../calls/operation-life/start-deadline.ts';
import { originOf } from '../../calls/origin.ts';
import type { Reason } from '../../calls/reason.ts';
import { recordingStarted, recordingStepped } from '../../calls/recording/recording-facts.ts';
import { withInvited, withOutcome } from '../../calls/roster-changes.ts';
import { withStreamOptions, withStreamWanted } from '../../calls/stream.ts';
import { settledEntry, type TimelineEntry } from '../../calls/timeline.ts';
import { withSequence } from '../../calls/watchers.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';
import { requestEntries } from './request-entries.ts';
import { findingOf, type Response } from './response-finding.ts';

/** The call, the operation and the timeline after the exchange. */
export interface AppliedResponse {
  readonly call: CallRecord;
  readonly progress: Progress;
  readonly timeline: readonly TimelineEntry[];
  /** How the operation ended, if it has. */
  readonly outcome: Outcome | undefined;
  /** The events that arrived before the response. */
  readonly buffered: readonly RawEvent[];
}

const inputs = {
  answered: 'response',
  refused: 'refusal',
  unsent: 'refusal',
  silence: 'silence',
  deferred: 'silence',
} as const satisfies Record<Response['kind'], LifeInput>;

/** The call after the exchange, which may have changed since the request was made. */
export function applyResponse(
  before: CallRecord,
  operation: Operation,
  intent: Intent,
  exchange: Response,
  clock: Clock,
): AppliedResponse {
  const { operationId } = intent;
  const { [operationId]: known, ...others } = before.open;
  const buffered = before.buffered[operationId];
  const asked = requested(
    { ...before, ...(before.slot && { slot: 'held' }), open: others },
    operation,
    intent,
    exchange,
  );
  const call = called(
    withDeferral(withoutBuffered(asked, operationId), operationId, exchange),
    operation,
    intent,
    exchange,
    clock.now,
  );
  const { outcome: reported, left } = bufferedOutcome(buffered, operation.settles, intent.about);
  // An event that names the operation shows that ACS acted, whatever the last response was.
  const finding = reported
    ? ({ evidence: 'event', outcome: reported } as const)
    : findingOf(call, operation, intent, exchange, clock.now);
  const startDueAt = startDeadline(call, operation.settles, buffered?.events ?? [], clock.now);
  const input = { kind: inputs[exchange.kind], finding, startDueAt };
  const life = nextLife(known?.life ?? { state: 'accepted' }, input, operation.settles, clock);
  const outcome = life.state === 'settled' ? withResult(life.outcome, resultOf(exchange)) : undefined;
  return {
    call: withLife(call, { ...intent, about: left }, exchange, life),
    progress: progressOf(exchange, life, clock.now),
    timeline: [
      ...requestEntries(call, operation, intent),
      ...(exchange.kind === 'answered' ? [{ ...entryOf(intent), at: clock.now, kind: 'sent' } as const] : []),
      ...(outcome ? [settledEntry(operationId, intent.name, outcome)] : []),
    ],
    outcome,
    buffered: [...(buffered?.events ?? []), ...eventsOfRecording(before, exchange)],
  };
}

function resultOf(exchange: Response): AcsResponse['result'] {
  return exchange.kind === 'answered' ? exchange.answer.result : undefined;
}

/** The events of a recording that arrived before the response that brings its id. */
function eventsOfRecording({ buffered }: CallRecord, exchange: Response): readonly RawEvent[] {
  const recordingId = exchange.kind === 'answered' ? exchange.answer.recording?.recordingId : undefined;
  return buffered[recordingId ?? '']?.events ?? [];
}

/** The call with what the request itself says of it: whom it asks into the call, the sequence, how an answered call is named. */
function requested(call: CallRecord, operation: Operation, intent: Intent, { kind }: Response): CallRecord {
  const { operationId, createdAt: at, input, sequenceId } = intent;
  const invited = operation.target === 'newCall' ? undefined : operation.invites?.(input);
  const next = invited ? withInvited(call, invited, { operationId, at }) : call;
  const { target, settles } = operation;
  const isAnswer = target === 'incomingCall' && settles.by === 'event' && inputs[kind] !== 'refusal';
  const labeled = isAnswer ? withLabels(next, { ...input, context: intent.context }) : next;
  return sequenceId === undefined ? labeled : withSequence(labeled, sequenceId);
}

/** What the exchange means for the call itself. A call that a refused operation was to make has failed. */
function called(call: CallRecord, operation: Operation, intent: Intent, exchange: Response, now: string): CallRecord {
  const { endReason = 'hungUp' } = intent;
  const streaming = withStreams(call, operation, intent);
  if (exchange.kind === 'answered') {
    const accepted = operation.accepted?.(streaming, intent) ?? streaming;
    const { connection, wasGone } = exchange.answer;
    const applied = { ...connection, ...withRecording(accepted, operation, intent, exchange.answer, now) };
    return operation.settles.by === 'callEnd' && !wasGone ? endedByApp(applied, endReason) : applied;
  }
  const isUnmade = operation.target === 'newCall' && call.callConnectionId === undefined && !hasEnded(call);
  const failed = { ...call, status: 'failed', endedAt: now } as const;
  if (isUnmade && exchange.kind === 'refused') {
    return { ...failed, end: endOf(exchange) };
  }
  if (isUnmade && exchange.kind === 'unsent') {
    return endedByApp(failed, exchange.why);
  }
  const mayEnd = operation.settles.by === 'callEnd' && exchange.kind === 'silence';
  return mayEnd ? endedByApp(streaming, endReason) : streaming;
}

/** The call once the app has ended it; the first reason for which it does stands. */
function endedByApp(call: CallRecord, reason: Reason): CallRecord {
  return { ...call, appReason: call.appReason ?? reason };
}

/** A refusal as the end of the call that it is of. */
function endOf({ acsCode, acsSubCode, acsMessage }: AcsRefusal): NonNullable<CallRecord['end']> {
  return { acsCode, acsMessage, ...(acsSubCode !== undefined && { acsSubCode }) };
}

/** The streams that the request asks for, starts or stops, also where ACS refuses because there is nothing to stop. */
function withStreams(call: CallRecord, { stream }: Operation, { input }: Intent): CallRecord {
  const configured = withStreamOptions(call, input);
  return stream ? withStreamWanted(configured, stream.name, stream.isWanted) : configured;
}

function progressOf(exchange: Response, life: KnownLife, now: string): Progress {
  const result = resultOf(exchange);
  return {
    status: exchange.kind === 'answered' ? 'sent' : 'accepted',
    ...(exchange.kind === 'answered' && {
      sentAt: now,
    }),
    ...(result && { result }),
    ...(life.state === 'presumed' && { presumedUntil: life.until }),
    ...(life.state === 'settled' && life.outcome),
  };
}

function withLife(call: CallRecord, intent: Intent, exchange: Response, life: KnownLife): CallRecord {
  if (life.state === 'settled') {
    return withSettled(withOutcome(call, intent.operationId, life.outcome), intent.operationId, originOf(intent));
  }
  const result = resultOf(exchange);
  const operation: OpenOperation = {
    name: intent.name,
    life,
    dueAt: intent.dueAt,
    askedAt: intent.createdAt,
    about: intent.about,
    origin: originOf(intent),
    ...(intent.media && { media: intent.media }),
    ...(result && { result }),
  };
  return { ...call, open: { ...call.open, [intent.operationId]: operation } };
}

/** Keeps or drops the operation among those that wait for the call to be named. */
function withDeferral(call: CallRecord, operationId: string, { kind }: Response): CallRecord {
  const { deferred = [], ...others } = call;
  const left = deferred.filter((id) => id !== operationId);
  const kept = kind === 'deferred' && !hasEnded(call) ? [...left, operationId] : left;
  return kept.length > 0 ? { ...others, deferred: kept } : others;
}

function withRecording(
  call: CallRecord,
  { recordingStep }: Operation,
  intent: Intent,
  { recording }: AcsResponse,
  now: string,
): CallRecord {
  const { operationId, recordingId } = intent;
  if (recording) {
    const started = recordingStarted(call, recording, operationId, now, originOf(intent));
    return withoutBuffered(started, recording.recordingId);
  }
  return recordingStep && recordingStep !== 'start' && recordingId
    ? recordingStepped(call, recordingStep, recordingId, now)
    : call;
}

function entryOf({ operationId, name }: Intent) {
  return { operationId, operation: name };
}
