/** The voices of a recording: who is audible in the call at the moment. */

import { APPLICATION } from '../calls/application.ts';
import type { ServerCall } from '../calls/model.ts';
import type { RecordingContext } from './recording-context.ts';
import { hear } from './timeline.ts';

/**
 * Has the call's recording, if there is one, hear the participants who are neither muted nor on hold. While prompts
 * sound, the application is one more voice, with a channel in an unmixed recording (not documented; chosen here).
 */
export function recordVoices({ recordings, clock }: RecordingContext, call: ServerCall): void {
  const recording = recordings.runningIn(call);
  if (recording === undefined) {
    return;
  }
  const audible = call.participants.values().filter(({ isMuted, isOnHold }) => !isMuted && !isOnHold);
  const voices = audible.map(({ identifier }) => identifier.rawId);
  hear(recording.timeline, clock.now(), new Set(call.prompts.size > 0 ? [...voices, APPLICATION.rawId] : voices));
}
