/** The checks that mid-call operations share: their connection exists, and is established. */

import type { Connection } from '../calls/model.ts';
import { AcsError, callNotFound, invalidArgument } from '../http/acs-error.ts';
import { type Identifier, isPhone } from '../identifiers.ts';
import type { Resource } from '../resource.ts';

interface Target {
  readonly resource: Resource;
  readonly path: Readonly<Record<string, string>>;
}

/** The connection of the path; throws 404/8522 when it is unknown or has ended. */
export function liveConnection({ resource, path }: Target): Connection {
  const connection = resource.calls.connection(path.callConnectionId ?? '');
  if (connection === undefined || connection.state === 'disconnected') {
    throw callNotFound();
  }
  return connection;
}

/** The same; throws 400/8501 unless the call is established. */
export function establishedConnection(target: Target): Connection {
  const connection = liveConnection(target);
  if (connection.state !== 'connected') {
    throw notEstablished();
  }
  return connection;
}

/** 400/8501. */
export function notEstablished(): AcsError {
  return new AcsError(400, '8501', 'Action is invalid when call is not in Established state.');
}

/** Throws 400/8523 when a phone number is called without a caller id, or with one that the resource does not own. */
export function checkCallerId(
  resource: Resource,
  targets: readonly Identifier[],
  callerId: Identifier | undefined,
): void {
  if (!targets.some(isPhone)) {
    return;
  }
  if (callerId === undefined) {
    throw invalidArgument('sourceCallerIdNumber is required when a phone number is called.');
  }
  if (resource.numbers.size > 0 && !resource.numbers.has(callerId.rawId)) {
    throw invalidArgument('sourceCallerIdNumber must be a phone number that the resource owns.');
  }
}

/** Throws 403/7507 when the source is not a user of ACS. */
export function checkSource(source: Identifier | undefined): void {
  if (source !== undefined && !source.rawId.startsWith('8:acs:')) {
    throw new AcsError(403, '7507', 'The call source identity is invalid: source must be a user of the resource.');
  }
}

/** `operationContext` of the response: absent when the request had none. */
export function contextOf({ operationContext }: { operationContext?: string | undefined }): {
  operationContext?: string;
} {
  return operationContext === undefined ? {} : { operationContext };
}
