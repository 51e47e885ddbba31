/** Continuous DTMF recognition: every tone of a participant is told, one by one, beside whatever else runs. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/connection.ts';
import type { Listener } from '../calls/input.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import type { ServerCall } from '../calls/server-call.ts';
import type { Resource } from '../resource.ts';
import type { MediaTask } from './media-queue.ts';
import { ACTION_COMPLETED } from './results.ts';

/** Raises ToneReceived for each tone, numbered from 1, and in the end Stopped. */
class ContinuousDtmf implements MediaTask {
  readonly operation = 'continuousDtmf';
  readonly targets: readonly string[];
  readonly #resource: Resource;
  readonly #connection: Connection;
  readonly #call: ServerCall;
  readonly #listener: Listener;
  /** The newest request that spoke of it. */
  reference: OperationReference;
  #sequenceId = 0;

  constructor(resource: Resource, connection: Connection, target: string, reference: OperationReference) {
    this.targets = [target];
    this.reference = reference;
    this.#resource = resource;
    this.#connection = connection;
    this.#call = connection.call;
    this.#listener = {
      tone: (from, tone) => {
        if (from.identifier.rawId === target) {
          this.#sequenceId += 1;
          const details = { sequenceId: this.#sequenceId, tone, resultInformation: ACTION_COMPLETED };
          raise(resource, connection, 'ContinuousDtmfRecognitionToneReceived', details, this.reference);
        }
      },
    };
  }

  get operationContext(): string | undefined {
    return this.reference.operationContext;
  }

  start(): void {
    this.#call.listeners.add(this.#listener);
  }

  stop(): void {
    this.#call.listeners.delete(this.#listener);
    tellStopped(this.#resource, this.#connection, this.reference);
  }
}

/** Begins to tell a participant's tones. Asked twice, it goes on with the newer context and counts on (ours). */
export function startContinuousDtmf(
  resource: Resource,
  connection: Connection,
  rawId: string,
  reference: OperationReference,
): void {
  const running = find(connection, rawId);
  if (running !== undefined) {
    running.reference = reference;
    return;
  }
  if (connection.call.participants.has(rawId)) {
    connection.media.add(new ContinuousDtmf(resource, connection, rawId, reference));
  } else {
    tellToneFailed(resource, connection, NOT_PRESENT, reference);
  }
}

/** Stops it. Stopped carries the context of the stop (recorded), and follows even if nothing was collected (ours). */
export function stopContinuousDtmf(
  resource: Resource,
  connection: Connection,
  rawId: string,
  reference: OperationReference,
): void {
  const running = find(connection, rawId);
  if (running === undefined) {
    tellStopped(resource, connection, reference);
    return;
  }
  running.reference = reference;
  connection.media.stop('canceled', (task) => task === running);
}

/** A ToneFailed, for a recognition that a fault makes fail or that has nobody to listen to. */
export function tellToneFailed(
  resource: Resource,
  connection: Connection,
  resultInformation: ResultInformation,
  reference: OperationReference,
): void {
  raise(resource, connection, 'ContinuousDtmfRecognitionToneFailed', { resultInformation }, reference);
}

function tellStopped(resource: Resource, connection: Connection, reference: OperationReference): void {
  const details = { resultInformation: ACTION_COMPLETED };
  raise(resource, connection, 'ContinuousDtmfRecognitionStopped', details, reference);
}

function find({ media }: Connection, rawId: string): ContinuousDtmf | undefined {
  return media
    .entries()
    .map(({ task }) => task)
    .find((task) => task instanceof ContinuousDtmf && task.targets.includes(rawId)) as ContinuousDtmf | undefined;
}
