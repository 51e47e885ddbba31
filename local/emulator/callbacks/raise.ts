/** Callback events: one CloudEvent for an application, signed and posted to its callback. */

import type { Connection } from '../calls/model.ts';
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
    details: { ...details, ...(operationContext !== undefined && { operationContext }) },
  });
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
  environment.outbox.dispatch({ kind, call: callConnectionId, send: () => deliver(environment, kind, url, body) });
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

/** Makes one attempt, and logs a failure. Whether ACS retries is not documented; chosen here: it does not. */
async function deliver(environment: Environment, kind: CallbackKind, url: string, body: unknown): Promise<void> {
  const { log, tokens, clock, faults } = environment;
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
  const token = await (isForged ? tokens.signBadly(clock, claims) : tokens.sign(clock, claims));
  try {
    const { status } = await environment.poster.post(url, { authorization: `Bearer ${token}` }, body);
    const note = status >= 200 && status < 300 ? {} : { note: 'not accepted; not sent again' };
    log.add({ kind: 'delivery', event: kind, url, status, ...note });
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    log.add({ kind: 'delivery', event: kind, url, note: `no answer (${reason}); not sent again` });
  }
}
