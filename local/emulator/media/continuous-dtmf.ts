/** Continuous DTMF recognition: an event for each tone of a participant, beside any other media operation. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection, InputListener, ServerCall } from '../calls/model.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import type { MediaContext } from './media-context.ts';
import type { MediaTask } from './media-queue.ts';
import { ACTION_COMPLETED } from './results.ts';

/** Raises ToneReceived for each tone, numbered from 1, and in the end Stopped. */
class ContinuousDtmf implements MediaTask {
  readonly operation = 'continuousDtmf';
  readonly targets: readonly string[];
  readonly #context: MediaContext;
  readonly #connection: Connection;
  readonly #call: ServerCall;
  readonly #listener: InputListener;
  /** Of the latest request to start or stop it. */
  reference: OperationReference;
  #sequenceId = 0;

  constructor(context: MediaContext, connection: Connection, target: string, reference: OperationReference) {
    this.targets = [target];
    this.reference = reference;
    this.#context = context;
    this.#connection = connection;
    this.#call = connection.call;
    this.#listener = {
      tone: (from, tone) => {
        if (from.identifier.rawId === target) {
          this.#sequenceId += 1;
          const details = { sequenceId: this.#sequenceId, tone, resultInformation: ACTION_COMPLETED };
          raise(context, connection, 'ContinuousDtmfRecognitionToneReceived', details, this.reference);
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
    raiseStopped(this.#context, this.#connection, this.reference);
  }
}

/**
 * Starts to collect a participant's tones. A second request is not documented; chosen here: the recognition goes on
 * with the newer context, and the numbers continue.
 */
export function startContinuousDtmf(
  context: MediaContext,
  connection: Connection,
  rawId: string,
  reference: OperationReference,
): void {
  const running = find(context, connection, rawId);
  if (running !== undefined) {
    running.reference = reference;
    return;
  }
  if (connection.call.participants.has(rawId)) {
    context.media.of(connection).queue.add(new ContinuousDtmf(context, connection, rawId, reference));
  } else {
    raiseToneFailed(context, connection, NOT_PRESENT, reference);
  }
}

/**
 * Stops it. Stopped carries the context of the stop (ACS-R8). When nothing was started, the result is not documented;
 * chosen here: Stopped follows as well.
 */
export function stopContinuousDtmf(
  context: MediaContext,
  connection: Connection,
  rawId: string,
  reference: OperationReference,
): void {
  const running = find(context, connection, rawId);
  if (running === undefined) {
    raiseStopped(context, connection, reference);
    return;
  }
  running.reference = reference;
  context.media.of(connection).queue.stop('canceled', (task) => task === running);
}

/** Raises ToneFailed, for an injected fault or an absent participant. */
export function raiseToneFailed(
  context: MediaContext,
  connection: Connection,
  resultInformation: ResultInformation,
  reference: OperationReference,
): void {
  raise(context, connection, 'ContinuousDtmfRecognitionToneFailed', { resultInformation }, reference);
}

function raiseStopped(context: MediaContext, connection: Connection, reference: OperationReference): void {
  const details = { resultInformation: ACTION_COMPLETED };
  raise(context, connection, 'ContinuousDtmfRecognitionStopped', details, reference);
}

function find({ media }: MediaContext, connection: Connection, rawId: string): ContinuousDtmf | undefined {
  return media
    .of(connection)
    .queue.entries()
    .map(({ task }) => task)
    .find((task) => task instanceof ContinuousDtmf && task.targets.includes(rawId)) as ContinuousDtmf | undefined;
}
