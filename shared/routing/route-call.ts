/** Takes an announced call: records it once, lets the rules decide, and does what they say. */
import { isPastRingWindow, withIncomingStatus } from '../calls/call.ts';
import { AppError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { perform } from '../ledger/perform.ts';
import { answerCall } from '../operations/answer-call.ts';
import type { Operation } from '../operations/operation.ts';
import { redirectCall } from '../operations/redirect-call.ts';
import { rejectCall } from '../operations/reject-call.ts';
import type { RoutingRuleStore } from '../storage/routing-rules.ts';
import { isRefusal } from '../storage/tables.ts';
import { type AnnouncedEvent, toRingingCall } from './announcement.ts';
import { matchRule } from './match.ts';
import type { RoutingAction } from './rule.ts';

/** What routing needs besides the ledger. */
export interface Routing {
  readonly rules: RoutingRuleStore;
  /** What becomes of a call that no rule takes. */
  readonly defaultAction: RoutingAction;
}

const operationOf: Readonly<Record<Exclude<RoutingAction['kind'], 'leave'>, Operation>> = {
  answer: answerCall,
  reject: rejectCall,
  redirect: redirectCall,
};

/**
 * Routes a call. Event Grid delivers at least once: the action's operation has the call's own id, so a second delivery
 * finishes what a first one left undone and does nothing else. What ACS refuses is an outcome, no failure of the delivery.
 */
export async function routeCall(ledger: Ledger, routing: Routing, event: AnnouncedEvent): Promise<void> {
  const ringing = toRingingCall(event);
  const { callId: incomingCallId } = ringing;
  const isStale =
    ringing.incoming !== undefined && isPastRingWindow(ringing.incoming, ledger.now(), ledger.ringWindowSeconds);
  const rule = isStale || !ringing.incoming ? undefined : matchRule(await routing.rules.all(), ringing.incoming);
  const action = isStale ? ({ kind: 'leave' } as const) : (rule?.action ?? routing.defaultAction);
  const record = {
    ...(isStale ? withIncomingStatus(ringing, 'stale') : ringing),
    ...(rule && ringing.incoming && { incoming: { ...ringing.incoming, ruleId: rule.ruleId } }),
  };
  if (isRefusal(await ledger.calls.announce(record))) {
    ledger.log.callRangAgain({ incomingCallId });
  }
  await ledger.index.add(record);
  const ids = { incomingCallId, status: record.incoming?.status ?? 'ringing', action: action.kind };
  ledger.log.callRang({ ...ids, ...(rule && { ruleId: rule.ruleId }) });
  if (action.kind !== 'leave') {
    await act(ledger, incomingCallId, action);
  }
}

/** A call that was answered meanwhile, by hand or by the rule of a first delivery, is taken care of. */
async function act(
  ledger: Ledger,
  incomingCallId: string,
  action: Exclude<RoutingAction, { kind: 'leave' }>,
): Promise<void> {
  const { kind, ...input } = action;
  try {
    await perform(ledger, {
      operation: operationOf[kind],
      targetId: incomingCallId,
      input,
      idempotencyKey: incomingCallId,
    });
  } catch (error) {
    if (!(error instanceof AppError) || !['callNotAnswerable', 'idempotencyKeyReused'].includes(error.code)) {
      throw error;
    }
  }
}
