/** An operation: the resource of the API, and the two rows that the ledger keeps of it (its intent and its progress). */
import * as z from 'zod';
import { maskedInput, maskedResult } from '../masking.ts';
import type { MediaAction } from '../media-compatibility.ts';
import type { Origin } from '../origin.ts';
import type { OperationError, Outcome } from './outcome.ts';

export const operationStatuses = [
  'accepted',
  'sent',
  'succeeded',
  'failed',
  'canceled',
  'timedOut',
  'indeterminate',
] as const;

const operationErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  source: z.enum(['acs', 'app']),
  acsCode: z.string().optional(),
  acsSubCode: z.number().optional(),
});

/** The operation resource of the API. */
export const operationSchema = z
  .object({
    operationId: z.uuid(),
    name: z.string(),
    callId: z.uuid(),
    status: z.enum(operationStatuses),
    input: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'The input as accepted, without `context`, `notifyUrl` and the queries of URLs' }),
    result: z.record(z.string(), z.unknown()).optional(),
    context: z.string().optional(),
    error: operationErrorSchema.optional(),
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
  /** Its request was answered with 503 before ACS was asked: only a replay by its caller may still perform it. */
  readonly withdrawn?: true;
  /** As accepted, less what the origin holds: a takeover sends it again. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly about: readonly string[];
  readonly media?: MediaAction;
  /** The recording that it acts on, if it acts on one. */
  readonly recordingId?: string;
  readonly dueAt: string;
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

/** Whether the operation has reached its outcome. */
export function isSettled(operation: Pick<Operation, 'status'>): boolean {
  return operation.status !== 'accepted' && operation.status !== 'sent';
}

/** The operation resource, of its two rows. */
export function toOperation(intent: Intent, progress: Progress | undefined): Operation {
  const { result, ...operation } = toWholeOperation(intent, progress);
  const input = maskedInput(intent.input, intent);
  return { ...operation, input, ...(result && { result: maskedResult(result, intent) }) };
}

/** The operation with its unmasked result, for the sequence that requested it. */
export function toWholeOperation(intent: Intent, progress: Progress | undefined): Operation {
  const { operationId, name, callId, createdAt, context, digitsSequenceId } = intent;
  const { presumedUntil: _, ...known } = progress ?? { status: 'accepted' as const };
  const given = {
    ...(context !== undefined && { context }),
    ...(digitsSequenceId !== undefined && { digitsSequenceId }),
  };
  return { operationId, name, callId, createdAt, ...given, ...known };
}
