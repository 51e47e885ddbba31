/** Listening to one participant: after a prompt or through it, until there is an outcome. */

import type { InputListener, Participant } from '../calls/model.ts';
import type { Cancel } from '../clock.ts';
import type { MediaContext } from './media-context.ts';
import type { PlaySource } from './play-source.ts';
import { playPrompt } from './prompt.ts';
import {
  type Heard,
  hearSilence,
  hearSpeech,
  hearTone,
  NOTHING_HEARD,
  type Outcome,
  patienceMs,
  type Recognition,
} from './recognition.ts';
import { PROMPT_FAILED } from './results.ts';

export interface Listening {
  readonly recognition: Recognition;
  readonly prompts: readonly PlaySource[];
  /** Input during the prompt ends it and counts; otherwise it goes unheard. */
  readonly isPromptInterruptible: boolean;
}

/** Plays the prompts and listens; one outcome follows, unless it is stopped. Answers how to stop it. */
export function listenTo(
  context: MediaContext,
  participant: Participant,
  { recognition, prompts, isPromptInterruptible }: Listening,
  settle: (outcome: Outcome) => void,
): Cancel {
  const { clock } = context;
  const { call, speakingSlots } = participant;
  let heard = NOTHING_HEARD;
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
    stopWaiting = clock.schedule(patienceMs(recognition, heard), () => finish(hearSilence(heard)));
  };
  const listen = (): void => {
    isListening = true;
    call.listeners.add(listener);
    wait();
    speakingSlots.open(listener);
  };
  const take = (next: Heard | Outcome): void => {
    if ('kind' in next) {
      finish(next);
    }
    // What means nothing here neither interrupts a prompt nor prolongs the wait.
    else if (next !== heard) {
      heard = next;
      stopPrompt();
      (isListening ? wait : listen)();
    }
  };
  const listener: InputListener = {
    tone: (from, tone) => from === participant && take(hearTone(recognition, heard, tone)),
    speech: (from, speech) => from === participant && take(hearSpeech(recognition, heard, speech)),
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
