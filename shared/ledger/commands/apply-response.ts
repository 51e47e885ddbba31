/** Applies the response of ACS to a call and its operation, whose events may have arrived first. Pure. */
import type { Exchange } from '../../acs/client/exchange.ts';
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import type { RawEvent } from '../../calls/event.ts';
import { bufferedOutcome, wasConfirmedSince, withoutBuffered } from '../../calls/operation-life/buffered-events.ts';
import {
  type Clock,
  type Evidence,
  type Finding,
  type Life,
  type LifeInput,
  nextLife,
} from '../../calls/operation-life/life.ts';
import type { OpenOperation } from '../../calls/operation-life/open-operation.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { type Outcome, outcomeOfCallEnd, succeeded } from '../../calls/operation-life/outcome.ts';
import { withSettled } from '../../calls/operation-life/recently-settled.ts';
import { hasLaterFailure, isConnectedBy } from '../../calls/operation-life/settlement.ts';
import { startDeadline } from '../../calls/operation-life/start-deadline.ts';
import { originOf } from '../../calls/origin.ts';
import { recordingStarted, recordingStepped } from '../../calls/recording/recording-facts.ts';
import { withStreamOptions, withStreamWanted } from '../../calls/stream.ts';
import { settledEntry, type TimelineEntry } from '../../calls/timeline.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';

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

/** The result of the request to ACS; `unsent` and `deferred` say that there was none, for good or so far. */
export type Response = Exchange<AcsResponse> | { readonly kind: 'unsent' | 'deferred' };

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
  const call = called(
    withDeferral(withoutBuffered({ ...before, open: others }, operationId), operationId, exchange),
    operation,
    intent,
    exchange,
    clock.now,
  );
  const { outcome: reported, left } = bufferedOutcome(buffered, operation.settles, intent.about);
  // An event that names the operation shows that ACS acted, whatever the last response was.
  const finding = reported ? found('event', reported) : findingOf(call, operation, intent, exchange, clock.now);
  const startDueAt = startDeadline(call, operation.settles, buffered?.events ?? [], clock.now);
  const input = { kind: inputs[exchange.kind], finding, startDueAt };
  const life = nextLife(known?.life ?? { state: 'accepted' }, input, operation.settles, clock);
  const outcome = life.state === 'settled' ? life.outcome : undefined;
  return {
    call: withLife(call, { ...intent, about: left }, exchange, life),
    progress: progressOf(exchange, life, clock.now),
    timeline: [
      { ...entryOf(intent), at: intent.createdAt, kind: 'requested' },
      ...(exchange.kind === 'answered' ? [{ ...entryOf(intent), at: clock.now, kind: 'sent' } as const] : []),
      ...(outcome ? [settledEntry(operationId, intent.name, outcome)] : []),
    ],
    outcome,
    buffered: [...(buffered?.events ?? []), ...eventsOfRecording(before, exchange)],
  };
}

const notRequested = 'Storage did not respond in time, so ACS was never asked, and the request was not repeated.';

/** The events of a recording that arrived before the response that brings its id. */
function eventsOfRecording({ buffered }: CallRecord, exchange: Response): readonly RawEvent[] {
  const recordingId = exchange.kind === 'answered' ? exchange.answer.recording?.recordingId : undefined;
  return buffered[recordingId ?? '']?.events ?? [];
}

const found = (evidence: Evidence, outcome: Outcome): Finding => ({ evidence, outcome });

/** What the exchange means for the call itself. A call that a refused operation was to make has failed. */
function called(call: CallRecord, operation: Operation, intent: Intent, exchange: Response, now: string): CallRecord {
  const streaming = withStreams(call, operation, intent);
  if (exchange.kind === 'answered') {
    const accepted = operation.accepted?.(streaming, intent) ?? streaming;
    return { ...exchange.answer.connection, ...withRecording(accepted, operation, intent, exchange.answer, now) };
  }
  const isRefused = inputs[exchange.kind] === 'refusal' && operation.target === 'newCall';
  const isNamed = call.callConnectionId !== undefined;
  return isRefused && !isNamed && !hasEnded(call) ? { ...call, status: 'failed', endedAt: now } : streaming;
}

/** The streams that the request asks for, starts or stops, also where ACS refuses because there is nothing to stop. */
function withStreams(call: CallRecord, { stream }: Operation, { input }: Intent): CallRecord {
  const configured = withStreamOptions(call, input);
  return stream ? withStreamWanted(configured, stream.name, stream.isWanted) : configured;
}

/**
 * The outcome that the exchange is evidence for: a refusal, the response to an operation without an event, or one whose
 * effect shows already, or whose call is over.
 */
function findingOf(
  call: CallRecord,
  operation: Operation,
  intent: Intent,
  exchange: Response,
  now: string,
): Finding | undefined {
  const { settles } = operation;
  // Another request may have answered a call that rang; a call that is made belongs to this one.
  const isOthers = exchange.kind === 'refused' && operation.target === 'incomingCall';
  if (isConnectedBy(call, settles) && !isOthers) {
    return found('participants', succeeded(now));
  }
  if (exchange.kind === 'refused') {
    const error = { code: 'acsRefused', message: exchange.message, source: 'acs', acsCode: exchange.code } as const;
    return found('response', { status: 'failed', settledBy: 'response', settledAt: now, error });
  }
  if (exchange.kind === 'unsent') {
    const error = { code: 'notRequested', message: notRequested, source: 'app' } as const;
    return found('response', { status: 'failed', settledBy: 'deadline', settledAt: now, error });
  }
  if (exchange.kind === 'answered' && settles.by === 'response') {
    const evidence = hasLaterFailure(settles) ? 'acceptance' : 'response';
    return found(evidence, { status: 'succeeded', settledBy: 'response', settledAt: now });
  }
  if (
    exchange.kind === 'answered' &&
    settles.by === 'participants' &&
    settles.evidence(call.participants, intent.about)
  ) {
    return found('participants', { ...succeeded(now), settledBy: 'read' });
  }
  if (exchange.kind === 'answered' && wasConfirmedSince(call, settles, intent.createdAt)) {
    return found('event', succeeded(now));
  }
  return hasEnded(call) ? found('callEnd', outcomeOfCallEnd(call, settles, intent.about, now)) : undefined;
}

function progressOf(exchange: Response, life: Life, now: string): Progress {
  return {
    status: exchange.kind === 'answered' ? 'sent' : 'accepted',
    ...(exchange.kind === 'answered' && {
      sentAt: now,
      ...(exchange.answer.result && { result: exchange.answer.result }),
    }),
    ...(life.state === 'presumed' && { presumedUntil: life.until }),
    ...(life.state === 'settled' && life.outcome),
  };
}

function withLife(call: CallRecord, intent: Intent, exchange: Response, life: Life): CallRecord {
  if (life.state === 'settled' || life.state === 'accepted') {
    return withSettled(call, intent.operationId, originOf(intent));
  }
  const invitationId = exchange.kind === 'answered' ? exchange.answer.invitationId : undefined;
  const operation: OpenOperation = {
    name: intent.name,
    life,
    dueAt: intent.dueAt,
    askedAt: intent.createdAt,
    about: intent.about,
    origin: originOf(intent),
    ...(intent.media && { media: intent.media }),
    ...(invitationId !== undefined && { invitationId }),
  };
  return { ...call, open: { ...call.open, [intent.operationId]: operation } };
}

/** Keeps or drops the operation among those that wait for the call to be named. */
function withDeferral(call: CallRecord, operationId: string, { kind }: Response): CallRecord {
  const { deferred = [], ...others } = call;
  const left = deferred.filter((id) => id !== operationId);
  const kept = kind === 'deferred' ? [...left, operationId] : left;
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
