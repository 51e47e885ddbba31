/** Prompt and collect: plays prompts and collects the input of one participant, until there is an outcome. */

import type { InputListener, Participant } from '../calls/model.ts';
import type { Cancel } from '../clock.ts';
import type { MediaContext } from './media-context.ts';
import type { PlaySource } from './play-source.ts';
import { playPrompt } from './prompt.ts';
import {
  addSpeech,
  addTone,
  endBySilence,
  type Input,
  NO_INPUT,
  type Outcome,
  type Recognition,
  silenceTimeoutMs,
} from './recognition.ts';
import { PROMPT_FAILED } from './results.ts';

export interface Collection {
  readonly recognition: Recognition;
  readonly prompts: readonly PlaySource[];
  /** Input during the prompt ends the prompt and counts; otherwise it is ignored. */
  readonly isPromptInterruptible: boolean;
}

/** Plays the prompts and listens. One outcome follows, unless the returned function stops it. */
export function promptAndCollect(
  context: MediaContext,
  participant: Participant,
  { recognition, prompts, isPromptInterruptible }: Collection,
  settle: (outcome: Outcome) => void,
): Cancel {
  const { clock } = context;
  const { call, speakingSlots } = participant;
  let input = NO_INPUT;
  let isListening = false;
  let stopPrompt: Cancel = () => undefined;
  let stopWaiting: Cancel = () => undefined;
  const stop = (): void => {
    stopPrompt();
    stopWaiting();
    call.listeners.delete(listener);
    speakingSlots.close(listener);
  };
  const finish = (outcome: Outcome): void => {
    stop();
    settle(outcome);
  };
  const wait = (): void => {
    stopWaiting();
    stopWaiting = clock.schedule(silenceTimeoutMs(recognition, input), () => finish(endBySilence(input)));
  };
  const listen = (): void => {
    isListening = true;
    call.listeners.add(listener);
    wait();
    speakingSlots.open(listener);
  };
  const take = (next: Input | Outcome): void => {
    if ('kind' in next) {
      finish(next);
    }
    // Input without meaning here neither interrupts a prompt nor restarts the timeout.
    else if (next !== input) {
      input = next;
      stopPrompt();
      (isListening ? wait : listen)();
    }
  };
  const listener: InputListener = {
    tone: (from, tone) => from === participant && take(addTone(recognition, input, tone)),
    speech: (from, speech) => from === participant && take(addSpeech(recognition, input, speech)),
  };
  if (isPromptInterruptible) {
    call.listeners.add(listener);
  }
  const onFailed = (failedPlaySourceIndex: number): void =>
    finish({ kind: 'RecognizeFailed', details: { failedPlaySourceIndex, resultInformation: PROMPT_FAILED } });
  stopPrompt =
    prompts.length === 0
      ? clock.schedule(0, listen)
      : playPrompt(context, { sources: prompts, call, onCompleted: listen, onFailed });
  return stop;
}
