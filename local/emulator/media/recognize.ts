/** A recognize: prompts, then the input of one participant, as a media operation. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/model.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import type { CallbackKind } from '../event-kinds.ts';
import type { MediaContext } from './media-context.ts';
import type { MediaTask, StopReason } from './media-queue.ts';
import { type Collection, promptAndCollect } from './prompt-and-collect.ts';
import { CALL_TERMINATED, CANCELED } from './results.ts';

export interface RecognizeRequest extends OperationReference, Collection {
  /** Raw id of the participant. */
  readonly target: string;
  /** In a group call it runs on the participant's sub leg. */
  readonly isGroupCall: boolean;
  /** The result of an injected failure. */
  readonly fail: ResultInformation | undefined;
}

const STOPPED: Record<StopReason, readonly [CallbackKind, ResultInformation]> = {
  canceled: ['RecognizeCanceled', CANCELED],
  callEnded: ['RecognizeFailed', CALL_TERMINATED],
  participantLeft: ['RecognizeFailed', NOT_PRESENT],
};

/** Raises RecognizeCompleted, RecognizeFailed or RecognizeCanceled; its prompt raises no events of its own. */
export class Recognize implements MediaTask {
  readonly operation;
  readonly targets;
  readonly operationContext;
  readonly #context: MediaContext;
  readonly #connection: Connection;
  readonly #request: RecognizeRequest;
  #stopCollecting = (): void => undefined;

  constructor(context: MediaContext, connection: Connection, request: RecognizeRequest) {
    this.operation = request.isGroupCall ? ('recognizeGroup' as const) : ('recognizeNonGroup' as const);
    this.targets = [request.target];
    this.operationContext = request.operationContext;
    this.#context = context;
    this.#connection = connection;
    this.#request = request;
  }

  start(over: () => void): void {
    const { target, fail } = this.#request;
    const settle = (kind: CallbackKind, details: Record<string, unknown>): void => {
      this.#raise(kind, details);
      over();
    };
    const participant = this.#connection.call.participants.get(target);
    const resultInformation = fail ?? NOT_PRESENT;
    this.#stopCollecting =
      fail === undefined && participant !== undefined
        ? promptAndCollect(this.#context, participant, this.#request, ({ kind, details }) => settle(kind, details))
        : this.#context.clock.schedule(0, () => settle('RecognizeFailed', { resultInformation }));
  }

  stop(reason: StopReason): void {
    const [kind, resultInformation] = STOPPED[reason];
    this.#stopCollecting();
    this.#raise(kind, { resultInformation });
  }

  #raise(kind: CallbackKind, details: Record<string, unknown>): void {
    raise(this.#context, this.#connection, kind, details, this.#request);
  }
}
