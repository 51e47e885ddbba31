/** Dispatches an incoming call: stores it once, evaluates the routing rules, and performs the action of the one that applies. */
import { derivedId } from '../acs/wire/derived-id.ts';
import { canonicalParticipant } from '../acs/wire/identifiers.ts';
import { type CallRecord, isPastRingWindow, toIncomingCall, withIncomingStatus } from '../calls/call.ts';
import { eventEntry, ruleInWords, type TimelineEntry } from '../calls/timeline.ts';
import { AppError } from '../errors.ts';
import { requireTopic } from '../grid-event.ts';
import { perform } from '../ledger/commands/perform.ts';
import { commitIncomingCall } from '../ledger/commit.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Once } from '../once.ts';
import { answerCall } from '../operations/calls/answer-call.ts';
import { redirectCall } from '../operations/calls/redirect-call.ts';
import { rejectCall } from '../operations/calls/reject-call.ts';
import type { Operation } from '../operations/operation.ts';
import { refusingInvalid } from '../refused-events.ts';
import { readRequest } from '../sequences/request.ts';
import type { Sequences } from '../sequences/runtime/sequences.ts';
import { findStarted, startSequence } from '../sequences/runtime/start.ts';
import type { Queue } from '../storage/queues.ts';
import type { RoutingRuleStore } from '../storage/routing-rules.ts';
import { incomingCall } from '../webhooks/cloud-event.ts';
import type { Notification } from '../webhooks/outbox-message.ts';
import { type IncomingCallEvent, type RingingCall, toRingingCall } from './incoming-call-event.ts';
import { matchRules } from './match.ts';
import { orNextSecond } from './next-second.ts';
import { type NotRedirected, redirectLimit } from './redirect-limit.ts';
import type { RoutingAction } from './rule.ts';

/** What routing needs besides the ledger. */
export interface Routing {
  readonly rules: RoutingRuleStore;
  /** The action for a call that no rule matches. */
  readonly defaultAction: RoutingAction;
  /** Each call is delivered at least twice, and the second delivery mostly reaches the same instance. */
  readonly once: Once;
  /** On which Event Grid puts each call as well. */
  readonly queue: Queue<IncomingCallEvent>;
}

const operationOf: Readonly<Record<Exclude<RoutingAction['kind'], 'leave' | 'sequence'>, Operation>> = {
  answer: answerCall,
  reject: rejectCall,
  redirect: redirectCall,
};

/** The parts of an invocation that dispatch a call. */
export type Router = { readonly ledger: Ledger; readonly routing: Routing; readonly sequences: Sequences };

/**
 * Routes a call that Event Grid pushed. Event Grid delivers at least once, and each call through a queue as well: the
 * action's operation has the call's id and its sequence an id derived from it, so a second delivery only completes what the
 * first left undone. A refusal by ACS is an outcome and does not fail the delivery; an event that cannot be processed, or is
 * of another resource than `topic`, is acknowledged, as its redelivery would fail too.
 */
export async function routeCall(router: Router, event: IncomingCallEvent, topic: string | undefined): Promise<void> {
  const identity = { event: 'IncomingCall', eventId: String(event.id) };
  await refusingInvalid(router.ledger.log, identity, async () => {
    requireTopic(event, topic);
    const ringing = toRingingCall(event);
    await orNextSecond(router.routing.queue, event, () =>
      onlyOnce(router, ringing, () => route(router, event, ringing)),
    );
  });
}

/**
 * Routes a call that Event Grid put on the queue. Usually the push was dispatched before: when another instance did it,
 * reading the call's row shows so for one storage transaction.
 */
export async function routeQueuedCall(router: Router, event: IncomingCallEvent): Promise<void> {
  const ringing = toRingingCall(event);
  const work = async () => {
    const known = await router.ledger.calls.readCall(ringing.callId);
    if (known && !isStillRinging(known.record)) {
      router.ledger.log.incomingCallRedelivered({ incomingCallId: ringing.callId });
    } else {
      await route(router, event, ringing);
    }
  };
  await orNextSecond(router.routing.queue, event, () => onlyOnce(router, ringing, work));
}

async function onlyOnce(
  { ledger, routing }: Router,
  { callId: incomingCallId }: RingingCall,
  work: () => Promise<void>,
): Promise<void> {
  if (!(await routing.once.run(incomingCallId, work))) {
    ledger.log.incomingCallRedelivered({ incomingCallId });
  }
}

async function route(
  { ledger, routing, sequences }: Router,
  event: IncomingCallEvent,
  ringing: RingingCall,
): Promise<void> {
  const { record, action, late, notRedirected } = await decide(ledger, routing, ringing);
  const { callId: incomingCallId, createdAt: at } = record;
  const entry = {
    ...eventEntry({ id: event.id, at, kind: 'IncomingCall' }),
    ...(late && { message: late.message }),
    ...(notRedirected && { message: notRedirected.message }),
  };
  const ruleId = record.incoming?.ruleId;
  const routed: TimelineEntry = {
    at,
    kind: 'routed',
    action: action.kind,
    why: late ? 'the ring window is over' : notRedirected ? notRedirected.why : ruleInWords(ruleId),
    eventId: event.id,
    ...(ruleId !== undefined && { ruleId }),
  };
  const notifications = notificationsOf(ledger, record);
  if ((await commitIncomingCall(ledger, record, [entry, routed], notifications)) !== 'written') {
    ledger.log.incomingCallRedelivered({ incomingCallId });
  } else if (late) {
    ledger.log.incomingCallStale({
      incomingCallId,
      ageSeconds: late.ageSeconds,
      ringWindowSeconds: ledger.ringWindowSeconds,
    });
  } else {
    ledger.log.incomingCallReceived({ incomingCallId, action: action.kind, ...(ruleId !== undefined && { ruleId }) });
  }
  if (notRedirected) {
    ledger.log.incomingCallNotRedirected({ incomingCallId, reason: notRedirected.reason });
  }
  await ledger.index.add(record);
  if (action.kind !== 'leave') {
    await act(ledger, sequences, ringing, action, record.incoming?.ruleId);
  }
}

function isStillRinging({ status, incoming }: CallRecord): boolean {
  return status === 'ringing' && incoming?.status === 'ringing';
}

/** Subscribers are notified of a ringing call, so that they can answer it by the API. */
function notificationsOf(ledger: Pick<Ledger, 'now' | 'ringWindowSeconds'>, record: CallRecord): Notification[] {
  const incoming = toIncomingCall(record, ledger.now(), ledger.ringWindowSeconds);
  return incoming?.status === 'ringing' ? [{ event: incomingCall(incoming) }] : [];
}

interface Decision {
  readonly record: CallRecord;
  readonly action: RoutingAction;
  /** Why no rule applies to a call that was delivered too late. */
  readonly late?: { readonly ageSeconds: number; readonly message: string };
  /** Why a limit keeps the rule from redirecting the call, which rings on, for a subscriber or the API to answer. */
  readonly notRedirected?: NotRedirected;
}

/**
 * The action for the call. The age of the event counts, whichever way it was delivered: after the ring window the caller
 * has hung up, so the call is stored as stale and no rule applies.
 */
async function decide(
  ledger: Pick<Ledger, 'now' | 'ringWindowSeconds' | 'redirects' | 'limits'>,
  routing: Routing,
  ringing: RingingCall,
): Promise<Decision> {
  const { incoming } = ringing;
  const now = ledger.now();
  if (isPastRingWindow(incoming, now, ledger.ringWindowSeconds)) {
    const ageSeconds = Math.round((Date.parse(now) - Date.parse(incoming.receivedAt)) / 1000);
    const message = `Delivered ${ageSeconds} s after it rang; the ring window is ${ledger.ringWindowSeconds} s.`;
    return { record: withIncomingStatus(ringing, 'stale'), action: { kind: 'leave' }, late: { ageSeconds, message } };
  }
  const { rule } = matchRules(await routing.rules.all(), incoming);
  if (!rule) {
    return { record: ringing, action: routing.defaultAction };
  }
  const ruled = { ...incoming, ruleId: rule.ruleId };
  const notRedirected =
    rule.action.kind === 'redirect' ? await redirectLimit(ledger, ringing, rule.action.target) : undefined;
  if (notRedirected) {
    const record = { ...ringing, incoming: { ...ruled, reason: notRedirected.reason } };
    return { record, action: { kind: 'leave' }, notRedirected };
  }
  return { record: { ...ringing, incoming: ruled }, action: rule.action };
}

/** Nothing is left to do: the API or the rule of a first delivery handled the call meanwhile. */
const handledMeanwhile: readonly string[] = ['callNotAnswerable', 'callEnded', 'idempotencyKeyReused'];

async function act(
  ledger: Ledger,
  sequences: Sequences,
  ringing: RingingCall,
  { kind, ...input }: Exclude<RoutingAction, { kind: 'leave' }>,
  ruleId: string | undefined,
): Promise<void> {
  const { callId: incomingCallId } = ringing;
  try {
    if (kind === 'sequence') {
      await startOnce(ledger, sequences, ringing, input);
    } else {
      const operation = operationOf[kind];
      await perform(ledger, {
        operation,
        targetId: incomingCallId,
        input,
        idempotencyKey: incomingCallId,
        isCounted: true,
        requestedBy: { kind: 'rule', ...(ruleId !== undefined && { id: ruleId }) },
      });
    }
  } catch (error) {
    if (!(error instanceof AppError) || !handledMeanwhile.includes(error.code)) {
      throw error;
    }
  }
}

async function startOnce(
  ledger: Pick<Ledger, 'calls' | 'log' | 'now'>,
  sequences: Sequences,
  { callId: incomingCallId, incoming }: RingingCall,
  request: Readonly<Record<string, unknown>>,
): Promise<void> {
  const caller = canonicalParticipant(incoming.from);
  const sequenceId = derivedId('sequence', incomingCallId);
  if (!(await findStarted(sequences, sequenceId, request))) {
    await startSequence(
      ledger,
      sequences,
      readRequest(request, [], { incomingCallId, ...(caller !== undefined && { caller }) }),
      request,
      sequenceId,
    );
  }
}
