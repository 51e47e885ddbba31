/** Waits until an operation has settled. */
import { type Answer, dataOf } from './answer.ts';
import type { Operation, Switchboard } from './client.ts';

/** An operation with its outcome. */
export type Settled<Requested extends Operation> = Requested & {
  readonly status: Exclude<Operation['status'], 'queued' | 'accepted' | 'sent'>;
};

export interface WaitOptions {
  /** Ends the wait, and nothing else: the operation goes on. */
  readonly signal?: AbortSignal;
  /** The pause between two reads, one second unless given. A read that finds nothing new costs the API one point read. */
  readonly everyMs?: number;
}

/**
 * The operation that a request made, once it has settled. Send the request with `Prefer: wait=20` to have most outcomes in
 * its answer; for the others the operation is read until it has one. Throws a SwitchboardError when the request or a read is
 * refused, and the signal's reason when that is aborted.
 */
export async function settled<Requested extends Operation>(
  switchboard: Switchboard,
  requested: Answer<Requested> | Promise<Answer<Requested>>,
  { signal, everyMs = 1000 }: WaitOptions = {},
): Promise<Settled<Requested>> {
  let operation: Operation = dataOf(await requested);
  let etag = '';
  let pauseMs = everyMs;
  while (!hasSettled(operation)) {
    await pause(pauseMs, signal);
    const { operationId } = operation;
    const answer = await switchboard.GET('/operations/{operationId}', {
      params: { path: { operationId } },
      headers: { 'if-none-match': etag },
      ...(signal && { signal }),
    });
    const { status, headers } = answer.response;
    const retryAfterSeconds = Number(headers.get('retry-after') ?? 0);
    const mayReadAgain = status === 304 || status === 429 || status === 503;
    pauseMs = Math.max(everyMs, mayReadAgain ? retryAfterSeconds * 1000 : 0);
    if (!mayReadAgain) {
      operation = dataOf(answer);
      etag = headers.get('etag') ?? '';
    }
  }
  // What is read is the same operation as was requested, so its result is of the same type.
  return operation as Settled<Requested>;
}

function hasSettled({ status }: Operation): boolean {
  return status !== 'queued' && status !== 'accepted' && status !== 'sent';
}

/** Resolves after the time, or rejects with the reason of the signal. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
