/** Plays a list of sources, one after the other, on the emulator's clock. */

import type { ServerCall } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Cancel } from '../clock.ts';
import type { MediaContext } from './media-context.ts';
import type { PlaySource } from './play-source.ts';

export interface Prompt {
  readonly sources: readonly PlaySource[];
  /** Its recording hears the prompt, also one for a single participant (ours). Music for those on hold has none. */
  readonly call?: ServerCall;
  /** Goes on until it is stopped. */
  readonly isLooped?: boolean;
  /** The first source sounds. */
  readonly onStarted?: () => void;
  readonly onCompleted?: () => void;
  readonly onFailed: (failedPlaySourceIndex: number, resultInformation: ResultInformation) => void;
}

/**
 * Starts to play; answers how to stop it. A source is fetched when its turn comes (ACS-R10: a bad second source fails
 * after PlayStarted). Nothing new can happen in the second round of a loop, so it is not played again.
 */
export function playPrompt(context: MediaContext, prompt: Prompt): Cancel {
  const { clock, sounds } = context;
  const { call } = prompt;
  let isStopped = false;
  const publishChange = (): void => call && context.emit('promptsChanged', call);
  const fallSilent = (): void => {
    call?.prompts.delete(prompt);
    publishChange();
  };
  const complete = (): void => {
    fallSilent();
    prompt.onCompleted?.();
  };
  const playFrom = async (index: number): Promise<void> => {
    const source = prompt.sources[index];
    if (source === undefined) {
      return prompt.isLooped === true ? undefined : complete();
    }
    const length = await sounds.lengthMs(source);
    // While a file was fetched, the prompt may have been stopped, or the emulator reset.
    if (isStopped || clock !== context.clock) {
      return;
    }
    if (typeof length !== 'number') {
      fallSilent();
      return prompt.onFailed(index, length);
    }
    if (index === 0) {
      call?.prompts.add(prompt);
      publishChange();
      prompt.onStarted?.();
    }
    cancel = clock.schedule(length, () => playFrom(index + 1));
  };
  let cancel = clock.schedule(0, () => playFrom(0));
  return () => {
    isStopped = true;
    cancel();
    fallSilent();
  };
}
