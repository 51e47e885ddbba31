/** Sending tones to a phone: a media operation on the phone's sub leg, with the duration of the tones. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/model.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import type { Tone } from '../calls/tones.ts';
import type { CallbackKind } from '../event-kinds.ts';
import type { MediaContext } from './media-context.ts';
import type { MediaTask, StopReason } from './media-queue.ts';
import { ACTION_COMPLETED, CALL_TERMINATED, CANCELED } from './results.ts';

/** Tone and pause (not documented; chosen here). */
const MS_PER_TONE = 250;

export interface SendDtmfRequest extends OperationReference {
  readonly tones: readonly Tone[];
  /** Raw id of the phone. */
  readonly target: string;
  /** The result of an injected failure. */
  readonly fail: ResultInformation | undefined;
}

const STOPPED: Record<StopReason, ResultInformation> = {
  canceled: CANCELED,
  callEnded: CALL_TERMINATED,
  participantLeft: NOT_PRESENT,
};

/** Raises SendDtmfTonesCompleted after the last tone, or SendDtmfTonesFailed. */
export class SendDtmf implements MediaTask {
  readonly operation = 'sendDtmf';
  readonly targets;
  readonly operationContext;
  readonly #context: MediaContext;
  readonly #connection: Connection;
  readonly #request: SendDtmfRequest;
  #stopSending = (): void => undefined;

  constructor(context: MediaContext, connection: Connection, request: SendDtmfRequest) {
    this.targets = [request.target];
    this.operationContext = request.operationContext;
    this.#context = context;
    this.#connection = connection;
    this.#request = request;
  }

  start(over: () => void): void {
    const { tones, target, fail } = this.#request;
    const isPresent = this.#connection.call.participants.has(target);
    const problem = fail ?? (isPresent ? undefined : NOT_PRESENT);
    this.#stopSending = this.#context.clock.schedule(problem === undefined ? tones.length * MS_PER_TONE : 0, () => {
      this.#raise(
        problem === undefined ? 'SendDtmfTonesCompleted' : 'SendDtmfTonesFailed',
        problem ?? ACTION_COMPLETED,
      );
      over();
    });
  }

  stop(reason: StopReason): void {
    this.#stopSending();
    this.#raise('SendDtmfTonesFailed', STOPPED[reason]);
  }

  #raise(kind: CallbackKind, resultInformation: ResultInformation): void {
    raise(this.#context, this.#connection, kind, { resultInformation }, this.#request);
  }
}
