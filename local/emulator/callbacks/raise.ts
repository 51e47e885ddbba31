/** Callback events: one CloudEvent for an application, signed and posted to its callback. */

import type { Connection } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Environment } from '../environment.ts';
import { type CallbackKind, fullName } from '../event-kinds.ts';
import { RESOURCE_ID } from '../options.ts';
import { CALLBACK_TOKEN_SECONDS } from './token-signer.ts';

/** The fields of a request that its operation's events carry or follow. */
export interface OperationReference {
  readonly operationContext?: string | undefined;
  /** The address of this operation's events, instead of the call's callback. */
  readonly operationCallbackUri?: string | undefined;
}

/** Raises an event; a connection gets none after its CallDisconnected. */
export function raise(
  environment: Environment,
  connection: Connection,
  kind: CallbackKind,
  details: Record<string, unknown>,
  { operationContext, operationCallbackUri }: OperationReference = {},
): void {
  if (connection.state === 'disconnected') {
    return;
  }
  const { callConnectionId, correlationId, call, terms } = connection;
  sendCallback(environment, {
    kind,
    url: operationCallbackUri ?? terms.callbackUri,
    source: `calling/callConnections/${callConnectionId}`,
    version: terms.apiVersion,
    callConnectionId,
    serverCallId: call.serverCallId,
    correlationId,
    details: {
      ...details,
      ...resultOf(details, terms.apiVersion),
      ...(operationContext !== undefined && { operationContext }),
    },
  });
}

/** The names of the diagnostics of the telephone network, by the first API version whose description has them. */
const DIAGNOSTICS = [
  { since: '2026-03-12', sip: 'sipDetails', q850: 'q850Details' },
  { since: '2025-08-15', sip: 'sipCode', q850: 'q850Cause' },
];

/** The result as the API version has it. */
function resultOf({ resultInformation: result }: Record<string, unknown>, apiVersion: string): object {
  const { sipDetails, q850Details, ...usual } = (result ?? {}) as ResultInformation;
  if (sipDetails === undefined) {
    return {};
  }
  const names = DIAGNOSTICS.find(({ since }) => apiVersion >= since);
  return { resultInformation: { ...usual, ...(names && { [names.sip]: sipDetails, [names.q850]: q850Details }) } };
}

/** An event and its address. */
interface Callback {
  readonly kind: CallbackKind;
  readonly url: string;
  /** Also its subject (ACS-R6). */
  readonly source: string;
  readonly version: string;
  readonly callConnectionId: string;
  readonly serverCallId: string;
  readonly correlationId: string;
  readonly details: Record<string, unknown>;
}

/** Sends an event of a connection or of something else, such as a recording. */
export function sendCallback(environment: Environment, callback: Callback): void {
  const { kind, url, callConnectionId } = callback;
  const body = [cloudEvent(environment, callback)];
  environment.log.add({ kind: 'event', event: kind, url, body });
  const delivery = { kind, url, call: callConnectionId, body };
  // Documented: nothing of a connection follows its CallDisconnected.
  const isLast = kind === 'CallDisconnected';
  environment.outbox.dispatch({ kind, call: callConnectionId, isLast, send: () => deliver(environment, delivery, 0) });
}

/** The envelope that was recorded: an array of one, subject equal to source. */
function cloudEvent(environment: Environment, { kind, source, details, ...callback }: Callback) {
  const { version, callConnectionId, serverCallId, correlationId } = callback;
  return {
    id: environment.random.guid(),
    source,
    type: fullName(kind),
    data: { version, callConnectionId, serverCallId, correlationId, publicEventType: fullName(kind), ...details },
    time: callbackTime(environment.clock.now()),
    specversion: '1.0',
    datacontenttype: 'application/json',
    subject: source,
  };
}

/** A time as callbacks write it, with a numeric offset (ACS-R7). */
export function callbackTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

interface Delivery {
  readonly kind: CallbackKind;
  readonly url: string;
  readonly call: string;
  readonly body: unknown;
}

/**
 * After a refused connection, which no receiver has noticed, a callback is sent again after these delays. Whether ACS
 * does so is not documented; chosen here, so that an app that restarts misses nothing. Any answer, and a connection that
 * breaks later, ends the attempts: the receiver may have read the event.
 */
const SEND_AGAIN_AFTER_MS = [1000, 2000, 4000];

/** How many callbacks and Event Grid events may wait for another attempt (chosen here). */
const MAX_WAITING = 10_000;

/** Makes one attempt, and logs a failure. */
async function deliver(environment: Environment, delivery: Delivery, attempt: number): Promise<void> {
  const { log, outbox, poster } = environment;
  const { kind, url, call, body } = delivery;
  const token = await tokenFor(environment, kind);
  try {
    const { status } = await poster.post(url, { authorization: `Bearer ${token}` }, body);
    const note = status >= 200 && status < 300 ? {} : { note: 'not accepted; not sent again' };
    log.add({ kind: 'delivery', event: kind, url, status, ...note });
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    const delayMs = isRefused(error) && outbox.waiting < MAX_WAITING ? SEND_AGAIN_AFTER_MS[attempt] : undefined;
    const next = delayMs === undefined ? 'not sent again' : `sent again in ${delayMs / 1000} s`;
    log.add({ kind: 'delivery', event: kind, url, note: `no answer (${reason}); ${next}` });
    if (delayMs !== undefined) {
      outbox.sendAgain(delayMs, call, () => deliver(environment, delivery, attempt + 1));
    }
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}

/** A token of its own for each attempt, which faults make worthless. */
function tokenFor({ log, tokens, clock, faults }: Environment, kind: CallbackKind): Promise<string> {
  const isForged = faults.take('badSignature', [kind]) !== undefined;
  const isForAnother = faults.take('wrongAudience', [kind]) !== undefined;
  if (isForged) {
    log.add({ kind: 'fault', event: kind, note: 'signed with an unknown key' });
  }
  if (isForAnother) {
    log.add({ kind: 'fault', event: kind, note: 'signed for another audience' });
  }
  const audience = isForAnother ? '00000000-0000-4000-8000-000000000000' : RESOURCE_ID;
  const claims = { audience, expiresInSeconds: CALLBACK_TOKEN_SECONDS };
  return isForged ? tokens.signBadly(clock, claims) : tokens.sign(clock, claims);
}
