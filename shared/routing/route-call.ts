/** Takes an announced call: records it once, lets the rules decide, and does what they say. */
import { derivedId } from '../acs/derived-id.ts';
import { type CallRecord, isPastRingWindow, toIncomingCall, withIncomingStatus } from '../calls/call.ts';
import { eventEntry } from '../calls/timeline.ts';
import { AppError } from '../errors.ts';
import { announce } from '../ledger/commit.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { perform } from '../ledger/perform.ts';
import { answerCall } from '../operations/answer-call.ts';
import type { Operation } from '../operations/operation.ts';
import { redirectCall } from '../operations/redirect-call.ts';
import { rejectCall } from '../operations/reject-call.ts';
import { readRequest } from '../sequences/request.ts';
import type { Sequences } from '../sequences/sequences.ts';
import { findStarted, startSequence } from '../sequences/start.ts';
import type { RoutingRuleStore } from '../storage/routing-rules.ts';
import { incomingCall } from '../webhooks/cloud-event.ts';
import type { News } from '../webhooks/letter.ts';
import { type AnnouncedEvent, type RingingCall, toRingingCall } from './announcement.ts';
import { matchRules } from './match.ts';
import type { RoutingAction } from './rule.ts';

/** What routing needs besides the ledger. */
export interface Routing {
  readonly rules: RoutingRuleStore;
  /** What becomes of a call that no rule takes. */
  readonly defaultAction: RoutingAction;
}

const operationOf: Readonly<Record<Exclude<RoutingAction['kind'], 'leave' | 'sequence'>, Operation>> = {
  answer: answerCall,
  reject: rejectCall,
  redirect: redirectCall,
};

/**
 * Routes a call. Event Grid delivers at least once: the action's operation has the call's own id and its sequence one made
 * of it, so a second delivery finishes what a first one left undone and does nothing else. What ACS refuses is an outcome,
 * no failure of the delivery.
 */
export async function routeCall(
  ledger: Ledger,
  routing: Routing,
  sequences: Sequences,
  event: AnnouncedEvent,
): Promise<void> {
  const { record, action } = await decide(ledger, routing, toRingingCall(event));
  const { callId: incomingCallId, createdAt: at } = record;
  const entry = eventEntry({ id: event.id, at, kind: 'IncomingCall' });
  if ((await announce(ledger, record, entry, newsOf(ledger, record))) === 'written') {
    ledger.log.callRang({ incomingCallId, action: action.kind });
  } else {
    ledger.log.callRangAgain({ incomingCallId });
  }
  await ledger.index.add(record);
  if (action.kind !== 'leave') {
    await act(ledger, sequences, incomingCallId, action);
  }
}

/** Who takes calls by hand, or watches, is told of one that rings. */
function newsOf(ledger: Ledger, record: CallRecord): News[] {
  const incoming = toIncomingCall(record, ledger.now(), ledger.ringWindowSeconds);
  return incoming?.status === 'ringing' ? [{ event: incomingCall(incoming) }] : [];
}

/** What becomes of the call. Nobody waits any more for one that was announced too late: it is recorded and left alone. */
async function decide(
  ledger: Ledger,
  routing: Routing,
  ringing: RingingCall,
): Promise<{ record: CallRecord; action: RoutingAction }> {
  const { incoming } = ringing;
  if (isPastRingWindow(incoming, ledger.now(), ledger.ringWindowSeconds)) {
    return { record: withIncomingStatus(ringing, 'stale'), action: { kind: 'leave' } };
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
