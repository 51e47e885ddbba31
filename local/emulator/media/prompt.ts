/** Plays a list of sources, one after the other, on the emulator's clock. */

import type { ResultInformation } from '../calls/result-information.ts';
import type { ServerCall } from '../calls/server-call.ts';
import type { Cancel } from '../clock.ts';
import { listen } from '../recordings/voices.ts';
import type { Resource } from '../resource.ts';
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
 * Starts to play; answers how to stop it. A source is fetched when its turn comes (recorded: a bad second source fails
 * after PlayStarted). Nothing new can happen in the second round of a loop, so it is not played again.
 */
export function playPrompt(resource: Resource, prompt: Prompt): Cancel {
  const { clock, sounds } = resource;
  const { call } = prompt;
  let isStopped = false;
  const tellRecording = (): void => call && listen(call, clock.now());
  const fallSilent = (): void => {
    call?.prompts.delete(prompt);
    tellRecording();
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
    if (isStopped || clock !== resource.clock) {
      return;
    }
    if (typeof length !== 'number') {
      fallSilent();
      return prompt.onFailed(index, length);
    }
    if (index === 0) {
      call?.prompts.add(prompt);
      tellRecording();
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
