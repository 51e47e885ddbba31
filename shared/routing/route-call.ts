/** Takes an announced call: records it once, lets the rules decide, and does what they say. */
import { derivedId } from '../acs/wire/derived-id.ts';
import { type CallRecord, isPastRingWindow, toIncomingCall, withIncomingStatus } from '../calls/call.ts';
import { eventEntry } from '../calls/timeline.ts';
import { AppError } from '../errors.ts';
import { perform } from '../ledger/commands/perform.ts';
import { commitIncomingCall } from '../ledger/commit.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Once } from '../once.ts';
import { answerCall } from '../operations/calls/answer-call.ts';
import { redirectCall } from '../operations/calls/redirect-call.ts';
import { rejectCall } from '../operations/calls/reject-call.ts';
import type { Operation } from '../operations/operation.ts';
import { readRequest } from '../sequences/request.ts';
import type { Sequences } from '../sequences/runtime/sequences.ts';
import { findStarted, startSequence } from '../sequences/runtime/start.ts';
import type { RoutingRuleStore } from '../storage/routing-rules.ts';
import { incomingCall } from '../webhooks/cloud-event.ts';
import type { Notification } from '../webhooks/outbox-message.ts';
import { type IncomingCallEvent, type RingingCall, toRingingCall } from './incoming-call-event.ts';
import { matchRules } from './match.ts';
import type { RoutingAction } from './rule.ts';

/** What routing needs besides the ledger. */
export interface Routing {
  readonly rules: RoutingRuleStore;
  /** What becomes of a call that no rule takes. */
  readonly defaultAction: RoutingAction;
  /** Each call is delivered twice at least, and the second time mostly to the same instance. */
  readonly once: Once;
}

const operationOf: Readonly<Record<Exclude<RoutingAction['kind'], 'leave' | 'sequence'>, Operation>> = {
  answer: answerCall,
  reject: rejectCall,
  redirect: redirectCall,
};

/** What routing works with. */
export type Router = { readonly ledger: Ledger; readonly routing: Routing; readonly sequences: Sequences };

/**
 * Routes a call that Event Grid delivered to the function. Event Grid delivers at least once, and each call by a queue as
 * well: the action's operation has the call's own id and its sequence one made of it, so a second delivery finishes what a
 * first one left undone and does nothing else. What ACS refuses is an outcome, no failure of the delivery.
 */
export async function routeCall(router: Router, event: IncomingCallEvent): Promise<void> {
  const ringing = toRingingCall(event);
  await onlyOnce(router, ringing, () => route(router, event, ringing));
}

/**
 * Routes a call that Event Grid put on the queue. Mostly the function had it before: where that was another instance, a
 * look at the call's row says so for one storage transaction.
 */
export async function routeQueuedCall(router: Router, event: IncomingCallEvent): Promise<void> {
  const ringing = toRingingCall(event);
  await onlyOnce(router, ringing, async () => {
    const known = await router.ledger.calls.readCall(ringing.callId);
    if (known && !isStillRinging(known.record)) {
      router.ledger.log.incomingCallRedelivered({ incomingCallId: ringing.callId });
    } else {
      await route(router, event, ringing);
    }
  });
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
  const { record, action, late } = await decide(ledger, routing, ringing);
  const { callId: incomingCallId, createdAt: at } = record;
  const entry = { ...eventEntry({ id: event.id, at, kind: 'IncomingCall' }), ...(late && { message: late.message }) };
  if ((await commitIncomingCall(ledger, record, entry, newsOf(ledger, record))) !== 'written') {
    ledger.log.incomingCallRedelivered({ incomingCallId });
  } else if (late) {
    ledger.log.incomingCallStale({
      incomingCallId,
      ageSeconds: late.ageSeconds,
      ringWindowSeconds: ledger.ringWindowSeconds,
    });
  } else {
    ledger.log.incomingCallReceived({ incomingCallId, action: action.kind });
  }
  await ledger.index.add(record);
  if (action.kind !== 'leave') {
    await act(ledger, sequences, incomingCallId, action);
  }
}

function isStillRinging({ status, incoming }: CallRecord): boolean {
  return status === 'ringing' && incoming?.status === 'ringing';
}

/** Who takes calls by hand, or watches, is told of one that rings. */
function newsOf(ledger: Pick<Ledger, 'now' | 'ringWindowSeconds'>, record: CallRecord): Notification[] {
  const incoming = toIncomingCall(record, ledger.now(), ledger.ringWindowSeconds);
  return incoming?.status === 'ringing' ? [{ event: incomingCall(incoming) }] : [];
}

interface Decision {
  readonly record: CallRecord;
  readonly action: RoutingAction;
  /** Why a call is left alone that came too late. */
  readonly late?: { readonly ageSeconds: number; readonly message: string };
}

/**
 * What becomes of the call. The age of the event decides, whichever way it came: nobody waits any more for a call that was
 * announced too late, so that it is recorded and left alone.
 */
async function decide(
  ledger: Pick<Ledger, 'now' | 'ringWindowSeconds'>,
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
  return rule
    ? { record: { ...ringing, incoming: { ...incoming, ruleId: rule.ruleId } }, action: rule.action }
    : { record: ringing, action: routing.defaultAction };
}

/** Why there is nothing to do: the call was taken care of meanwhile, by hand or by the rule of a first delivery. */
const takenCareOf: readonly string[] = ['callNotAnswerable', 'callEnded', 'idempotencyKeyReused'];

async function act(
  ledger: Ledger,
  sequences: Sequences,
  incomingCallId: string,
  { kind, ...input }: Exclude<RoutingAction, { kind: 'leave' }>,
): Promise<void> {
  try {
    if (kind === 'sequence') {
      await startOnce(ledger, sequences, incomingCallId, input);
    } else {
      const operation = operationOf[kind];
      await perform(ledger, { operation, targetId: incomingCallId, input, idempotencyKey: incomingCallId });
    }
  } catch (error) {
    if (!(error instanceof AppError) || !takenCareOf.includes(error.code)) {
      throw error;
    }
  }
}

async function startOnce(
  ledger: Ledger,
  sequences: Sequences,
  incomingCallId: string,
  request: Readonly<Record<string, unknown>>,
): Promise<void> {
  const sequenceId = derivedId('sequence', incomingCallId);
  if (!(await findStarted(sequences, sequenceId, request))) {
    await startSequence(ledger, sequences, readRequest(request, [], { incomingCallId }), request, sequenceId);
  }
}
