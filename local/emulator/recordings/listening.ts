/** How a recording learns who can be heard. */

import type { ServerCall } from '../calls/server-call.ts';
import { runningRecording } from './recording.ts';
import { hear } from './timeline.ts';

/** Tells the call's recording, if there is one, who is in the call and neither muted nor on hold. */
export function listen(call: ServerCall, nowMs: number): void {
  const recording = runningRecording(call);
  if (recording === undefined) {
    return;
  }
  const audible = [...call.participants.values()].filter(({ isMuted, isOnHold }) => !isMuted && !isOnHold);
  hear(recording.timeline, nowMs, new Set(audible.map(({ identifier }) => identifier.rawId)));
}
