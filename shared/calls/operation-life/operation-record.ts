/** An operation: the resource of the API, and the two rows that the ledger keeps of it (its intent and its progress). */
import * as z from 'zod';
import { acsCodes } from '../acs-codes.ts';
import { maskedInput, maskedResult } from '../masking.ts';
import type { MediaAction } from '../media-compatibility.ts';
import { type Origin, requesterOf, requesterSchema } from '../origin.ts';
import { type Reason, reasonSchema } from '../reason.ts';
import { shown } from '../shown.ts';
import { type OperationError, type Outcome, reasonOfOutcome } from './outcome.ts';

const openStatuses = ['queued', 'accepted', 'sent'] as const;
const operationStatuses = [...openStatuses, 'succeeded', 'failed', 'canceled', 'timedOut', 'indeterminate'] as const;

export const operationStatusSchema = z.enum(operationStatuses).meta({ id: 'OperationStatus' });

const operationErrorSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    source: z.enum(['acs', 'app']),
    ...acsCodes,
  })
  .meta({ id: 'OperationError' });

/** The operation resource of the API. */
export const operationSchema = z
  .object({
    operationId: z.uuid(),
    name: z.string(),
    callId: z.uuid(),
    status: operationStatusSchema,
    reason: reasonSchema.optional().meta({ description: 'Why it did not succeed' }),
    error: operationErrorSchema.optional(),
    input: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'The input as accepted, without `context`, `notifyUrl` and the queries of URLs' }),
    result: z.record(z.string(), z.unknown()).optional(),
    context: z.string().optional(),
    requestedBy: requesterSchema,
    settledBy: z.enum(['response', 'event', 'read', 'deadline']).optional(),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().optional(),
    settledAt: z.iso.datetime().optional(),
    digitsSequenceId: z.uuid().optional().meta({ description: 'The sequence that sends its `sendDigits`' }),
  })
  .meta({ id: 'Operation' });

export type Operation = Readonly<z.infer<typeof operationSchema>>;

/** The request, stored before ACS is asked: it claims the operation's id, which is also the Idempotency-Key. */
export interface Intent extends Origin {
  readonly operationId: string;
  readonly name: string;
  readonly callId: string;
  /** Digest of method, path and body: the same key with another request is refused. */
  readonly fingerprint: string;
  readonly createdAt: string;
  /** Distinguishes this attempt to perform the operation from another under the same id. */
  readonly attemptId: string;
  /** The lease of the attempt: until then no other process may ask ACS for the operation. */
  readonly leaseUntil?: string;
  /** It waits for a limit until then: ACS has not been asked. */
  readonly queuedUntil?: string;
  /** It was canceled while it waited. */
  readonly canceled?: true;
  /** When its wait ended, and ACS could be asked. */
  readonly releasedAt?: string;
  /** The time of the takeover, while it is in progress. */
  readonly takeoverAt?: string;
  /** Its request was answered with 503 before ACS was asked: only a replay by its caller may still perform it. */
  readonly withdrawn?: true;
  /** As accepted, less what the origin holds: a takeover sends it again. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly about: readonly string[];
  readonly media?: MediaAction;
  /** The recording that it acts on, if it acts on one. */
  readonly recordingId?: string;
  readonly dueAt: string;
  /** Why it ends the call, unless that is a hang-up like others. */
  readonly endReason?: Reason;
}

/** How far the operation has got, written in the call's partition together with the call. */
export interface Progress {
  readonly status: Operation['status'];
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: OperationError;
  readonly settledBy?: Outcome['settledBy'];
  readonly sentAt?: string;
  readonly settledAt?: string;
  /** When a presumed outcome settles it. */
  readonly presumedUntil?: string;
}

/** The outcomes of operations that did not do what was asked. */
export const unsuccessfulStatuses = [
  'failed',
  'canceled',
  'timedOut',
  'indeterminate',
] as const satisfies readonly Operation['status'][];

/** Whether the operation has settled without success. */
export function isUnsuccessful(status: Operation['status']): boolean {
  return unsuccessfulStatuses.some((one) => one === status);
}

/** Whether the operation has reached its outcome. */
export function isSettled(operation: Pick<Operation, 'status'>): boolean {
  return !openStatuses.some((status) => status === operation.status);
}

/** The operation resource, of its two rows. */
export function toOperation(intent: Intent, progress: Progress | undefined): Operation {
  const { result, ...operation } = toWholeOperation(intent, progress);
  const input = maskedInput(intent.input, intent);
  return shown(operationSchema, { ...operation, input, ...(result && { result: maskedResult(result, intent) }) });
}

/** The operation with its unmasked result, for the sequence that requested it. */
export function toWholeOperation(intent: Intent, progress: Progress | undefined): Operation {
  const { operationId, name, callId, createdAt, context, digitsSequenceId, queuedUntil } = intent;
  const first = queuedUntil === undefined ? ('accepted' as const) : ('queued' as const);
  const { presumedUntil: _, ...known } = progress ?? { status: first };
  const given = {
    ...(context !== undefined && { context }),
    ...(digitsSequenceId !== undefined && { digitsSequenceId }),
  };
  const reason = reasonOfOutcome(known);
  return {
    operationId,
    name,
    callId,
    createdAt,
    requestedBy: requesterOf(intent),
    ...given,
    ...known,
    ...(reason && { reason }),
  };
}
