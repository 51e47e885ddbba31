/** What the response of ACS, or its silence, proves of the outcome of an operation. Pure. */
import type { Exchange } from '../../acs/client/exchange.ts';
import { acsCodesOf } from '../../calls/acs-codes.ts';
import { type CallRecord, hasEnded } from '../../calls/call.ts';
import { wasConfirmedSince } from '../../calls/operation-life/buffered-events.ts';
import type { Evidence, Finding } from '../../calls/operation-life/life.ts';
import type { Intent } from '../../calls/operation-life/operation-record.ts';
import { type Outcome, outcomeOfCallEnd, succeeded } from '../../calls/operation-life/outcome.ts';
import { hasLaterFailure, isConnectedBy } from '../../calls/operation-life/settlement.ts';
import type { Reason } from '../../calls/reason.ts';
import type { AcsResponse, Operation } from '../../operations/operation.ts';

/** The result of the request to ACS; `unsent` and `deferred` say that there was none, for good or so far. */
export type Response =
  | Exchange<AcsResponse>
  | { readonly kind: 'deferred' }
  | { readonly kind: 'unsent'; readonly why: Unsent };

/** Why ACS was never asked. */
export type Unsent = keyof typeof unsent;

const unsent = {
  timedOut: {
    status: 'failed',
    error: {
      code: 'notRequested',
      message: 'Storage did not respond in time, so ACS was never asked, and the request was not repeated.',
      source: 'app',
    },
  },
  limitReached: {
    status: 'failed',
    error: {
      code: 'limitReached',
      message: 'A limit was reached for as long as the operation could wait, so ACS was never asked.',
      source: 'app',
    },
  },
  canceled: { status: 'canceled' },
} as const satisfies Readonly<Partial<Record<Reason, Pick<Outcome, 'status' | 'error'>>>>;

/**
 * The outcome that the exchange is evidence for: a refusal, the response to an operation without an event, or one whose
 * effect shows already, or whose call is over.
 */
export function findingOf(
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
    const message = exchange.overtaken ?? exchange.acsMessage;
    const error = { code: 'acsRefused', message, source: 'acs', ...acsCodesOf(exchange) } as const;
    return found('response', { status: 'failed', settledBy: 'response', settledAt: now, error });
  }
  if (exchange.kind === 'unsent') {
    return found('response', { ...unsent[exchange.why], settledBy: 'deadline', settledAt: now });
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

const found = (evidence: Evidence, outcome: Outcome): Finding => ({ evidence, outcome });
