/** A request for an operation, and its result: the same for HTTP, routing rules and sequences. */
import { createHash } from 'node:crypto';
import type { AcsRefusal } from '../../acs/client/exchange.ts';
import type { EventKind } from '../../calls/event.ts';
import type { Operation as OperationResource } from '../../calls/operation-life/operation-record.ts';
import type { Requester } from '../../calls/origin.ts';
import type { Reason } from '../../calls/reason.ts';
import type { FieldError } from '../../errors.ts';
import { withOwnNames } from '../../operations/fields/aliases.ts';
import type { Operation } from '../../operations/operation.ts';

export interface Command {
  readonly operation: Operation;
  /** The call, incoming call or recording it acts on; none for an operation that makes a call. */
  readonly targetId?: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The path names the `participant` of the input, by its participantId: an unknown one is 404, not 422. */
  readonly isByParticipantId?: boolean;
  /** Validation errors of the request besides those of its input. */
  readonly errors?: readonly FieldError[];
  /** A routing rule has counted the redirect. */
  readonly isCounted?: true;
  /** The caller's Idempotency-Key; without one the operation gets an id of its own. */
  readonly idempotencyKey?: string;
  /** Its requester, unless that is a client of the API or the sequence. */
  readonly requestedBy?: Requester;
  /** Why it ends the call, unless that is a hang-up like others. */
  readonly endReason?: Reason;
  /** The sequence whose step it is. A call that the operation makes has it as a watcher from its start. */
  readonly sequence?: {
    readonly sequenceId: string;
    readonly step?: string;
    readonly kinds: readonly EventKind[];
    readonly masked: boolean;
  };
}

/** The result of a command. `refusal` is present when ACS refused this very request. */
export interface Performed {
  readonly operation: OperationResource;
  readonly replayed: boolean;
  readonly refusal?: AcsRefusal;
}

/**
 * Distinguishes requests under the same key: method and path are the operation and its target. An alias is the field that it
 * stands for.
 */
export function fingerprint({ operation, targetId, input }: Command): string {
  return createHash('sha256')
    .update(JSON.stringify([operation.name, targetId, sorted(withOwnNames(input))]))
    .digest('base64url');
}

/** The same body has the same fingerprint, in whatever order its members are. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]);
  }
  return value;
}
