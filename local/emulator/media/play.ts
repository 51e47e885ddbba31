/** A play: to all participants on the main leg, or to some on their sub legs. */

import { type OperationReference, raise } from '../callbacks/raise.ts';
import type { Connection } from '../calls/model.ts';
import { NOT_PRESENT, type ResultInformation } from '../calls/result-information.ts';
import { presentOf } from '../calls/server-call.ts';
import type { CallbackKind } from '../event-kinds.ts';
import { holdForPlay, interruptMusic } from './hold.ts';
import type { MediaContext } from './media-context.ts';
import type { MediaTask, StopReason } from './media-queue.ts';
import type { PlaySource } from './play-source.ts';
import { playPrompt } from './prompt.ts';
import { ACTION_COMPLETED, CANCELED, PLAY_SERVICE_SHUTDOWN } from './results.ts';

export interface PlayRequest extends OperationReference {
  readonly sources: readonly PlaySource[];
  /** Raw ids; none means all participants. */
  readonly targets: readonly string[];
  readonly isLooped: boolean;
  /** Pauses the hold music of the targets during the play. */
  readonly isInterruptingHold: boolean;
  /** The result of an injected failure. */
  readonly fail: ResultInformation | undefined;
}

const STOPPED: Record<StopReason, readonly [CallbackKind, ResultInformation]> = {
  canceled: ['PlayCanceled', CANCELED],
  callEnded: ['PlayFailed', PLAY_SERVICE_SHUTDOWN],
  participantLeft: ['PlayFailed', NOT_PRESENT],
};

/** Raises PlayStarted when the first source is audible, then PlayCompleted, PlayFailed or PlayCanceled. */
export class Play implements MediaTask {
  readonly operation;
  readonly targets;
  readonly operationContext;
  readonly #context: MediaContext;
  readonly #connection: Connection;
  readonly #request: PlayRequest;
  #stopPrompt = (): void => undefined;
  #restore: (() => void)[] = [];

  constructor(context: MediaContext, connection: Connection, request: PlayRequest) {
    this.operation = request.targets.length === 0 ? ('playToAll' as const) : ('playTo' as const);
    this.targets = request.targets;
    this.operationContext = request.operationContext;
    this.#context = context;
    this.#connection = connection;
    this.#request = request;
  }

  start(over: () => void): void {
    const { sources, isLooped, fail } = this.#request;
    const end = (kind: CallbackKind, resultInformation: ResultInformation, details = {}): void => {
      this.#end(kind, resultInformation, details);
      over();
    };
    const isComplete = presentOf(this.#connection.call, this.targets).length === this.targets.length;
    const problem = fail ?? (isComplete ? undefined : NOT_PRESENT);
    if (problem !== undefined) {
      this.#stopPrompt = this.#context.clock.schedule(0, () => end('PlayFailed', problem));
      return;
    }
    this.#stopPrompt = playPrompt(this.#context, {
      sources,
      isLooped,
      call: this.#connection.call,
      onStarted: () => this.#begin(),
      onCompleted: () => end('PlayCompleted', ACTION_COMPLETED),
      onFailed: (failedPlaySourceIndex, result) => end('PlayFailed', result, { failedPlaySourceIndex }),
    });
  }

  stop(reason: StopReason): void {
    this.#stopPrompt();
    this.#end(...STOPPED[reason]);
  }

  #begin(): void {
    const { call } = this.#connection;
    this.#restore = [holdForPlay(this.#context, this.#connection, presentOf(call, this.targets))];
    if (this.#request.isInterruptingHold) {
      this.#restore.push(interruptMusic(this.#context, this.#connection, this.targets));
    }
    this.#raise('PlayStarted', ACTION_COMPLETED);
  }

  #end(kind: CallbackKind, resultInformation: ResultInformation, details = {}): void {
    this.#raise(kind, resultInformation, details);
    for (const restore of this.#restore) {
      restore();
    }
  }

  #raise(kind: CallbackKind, resultInformation: ResultInformation, details = {}): void {
    raise(this.#context, this.#connection, kind, { ...details, resultInformation }, this.#request);
  }
}
