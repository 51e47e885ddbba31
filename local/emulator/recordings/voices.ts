/** How a recording learns who can be heard. */

import { APPLICATION } from '../calls/application.ts';
import type { ServerCall } from '../calls/server-call.ts';
import { runningRecording } from './recording.ts';
import { hear } from './timeline.ts';

/**
 * Tells the call's recording, if there is one, who is in the call and neither muted nor on hold. While prompts sound, the
 * application is heard like one more participant, whose channel an unmixed recording has too (ours).
 */
export function listen(call: ServerCall, nowMs: number): void {
  const recording = runningRecording(call);
  if (recording === undefined) {
    return;
  }
  const audible = [...call.participants.values()].filter(({ isMuted, isOnHold }) => !isMuted && !isOnHold);
  const voices = audible.map(({ identifier }) => identifier.rawId);
  hear(recording.timeline, nowMs, new Set(call.prompts.size > 0 ? [...voices, APPLICATION.rawId] : voices));
}
