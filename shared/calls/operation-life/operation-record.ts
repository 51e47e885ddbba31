/** An operation: what the API shows of it, and the two rows the ledger keeps (the intent, and what became of it). */
import * as z from 'zod';
import type { OperationError, Outcome } from '../call.ts';
import { maskedResult } from '../masking.ts';
import type { MediaAction } from '../media-rules.ts';
import type { Origin } from '../origin.ts';

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
    result: z.record(z.string(), z.unknown()).optional(),
    context: z.string().optional(),
    error: operationErrorSchema.optional(),
    settledBy: z.enum(['response', 'event', 'read', 'deadline']).optional(),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().optional(),
    settledAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Operation' });

export type Operation = Readonly<z.infer<typeof operationSchema>>;

/** What was asked, written before ACS is: it claims the operation's id, which is also the Idempotency-Key. */
export interface Intent extends Origin {
  readonly operationId: string;
  readonly name: string;
  readonly callId: string;
  /** Digest of method, path and body: the same key with another request is refused. */
  readonly fingerprint: string;
  readonly createdAt: string;
  /** Tells this very attempt to write the intent from another under the same id. */
  readonly attemptId: string;
  readonly about: readonly string[];
  readonly media?: MediaAction;
  /** What it acts on, if that is a recording. */
  readonly recordingId?: string;
  readonly dueAt: string;
}

/** What became of it, written in the call's partition together with the call. */
export interface Progress {
  readonly status: Operation['status'];
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: OperationError;
  readonly settledBy?: Outcome['settledBy'];
  readonly sentAt?: string;
  readonly settledAt?: string;
  readonly presumed?: true;
}

/** Whether nothing more can become of the operation. */
export function isSettled(operation: Pick<Operation, 'status'>): boolean {
  return operation.status !== 'accepted' && operation.status !== 'sent';
}

/** The operation resource, of its two rows. */
export function toOperation(intent: Intent, progress: Progress | undefined): Operation {
  const { result, ...operation } = toWholeOperation(intent, progress);
  return { ...operation, ...(result && { result: maskedResult(result, intent) }) };
}

/** The operation with all that it brought, for the sequence that asked for it. */
export function toWholeOperation(intent: Intent, progress: Progress | undefined): Operation {
  const { operationId, name, callId, createdAt, context } = intent;
  const { presumed: _, ...became } = progress ?? { status: 'accepted' as const };
  return { operationId, name, callId, createdAt, ...(context !== undefined && { context }), ...became };
}
