/** A recognize: a prompt, then listening to one participant until there is an outcome. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/model.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import type { CallbackKind } from '../event-kinds.ts';
import type { MediaContext } from './media-context.ts';
import type { MediaTask, StopReason } from './media-queue.ts';
import { type Listening, listenTo } from './prompt-and-collect.ts';
import { CALL_TERMINATED, CANCELED } from './results.ts';

export interface RecognizeRequest extends OperationReference, Listening {
  /** Raw id of the participant. */
  readonly target: string;
  /** In a call of several, on the participant's sub leg. */
  readonly isGroupCall: boolean;
  /** Set by a fault: fail with this. */
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
  #stopListening = (): void => undefined;

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
    this.#stopListening =
      fail === undefined && participant !== undefined
        ? listenTo(this.#context, participant, this.#request, ({ kind, details }) => settle(kind, details))
        : this.#context.clock.schedule(0, () => settle('RecognizeFailed', { resultInformation }));
  }

  stop(reason: StopReason): void {
    const [kind, resultInformation] = STOPPED[reason];
    this.#stopListening();
    this.#raise(kind, { resultInformation });
  }

  #raise(kind: CallbackKind, details: Record<string, unknown>): void {
    raise(this.#context, this.#connection, kind, details, this.#request);
  }
}
