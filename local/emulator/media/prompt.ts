/** Plays a list of sources, one after the other, on the emulator's clock. */

import type { ServerCall } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Cancel } from '../clock.ts';
import type { MediaContext } from './media-context.ts';
import type { PlaySource } from './play-source.ts';

export interface Prompt {
  readonly sources: readonly PlaySource[];
  /**
   * The call whose recording has the prompt; undefined for hold music. For a prompt to a single participant this is not
   * documented; chosen here: it is recorded.
   */
  readonly call?: ServerCall;
  /** Plays until it is stopped. */
  readonly isLooped?: boolean;
  /** The first source is audible. */
  readonly onStarted?: () => void;
  readonly onCompleted?: () => void;
  readonly onFailed: (failedPlaySourceIndex: number, resultInformation: ResultInformation) => void;
}

/**
 * Starts to play; the returned function stops it. A source is fetched when the one before it has ended (ACS-R10: an
 * invalid second source fails after PlayStarted). The second round of a loop would change nothing, so it is not played.
 */
export function playPrompt(context: MediaContext, prompt: Prompt): Cancel {
  const { clock, sounds } = context;
  const { call } = prompt;
  let isStopped = false;
  const publishChange = (): void => call && context.emit('promptsChanged', call);
  const silence = (): void => {
    call?.prompts.delete(prompt);
    publishChange();
  };
  const complete = (): void => {
    silence();
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
      silence();
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
    silence();
  };
}
