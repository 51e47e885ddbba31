/** Starting, pausing, resuming and stopping recordings. */

import type { ServerCall } from '../calls/server-call.ts';
import type { Resource } from '../resource.ts';
import { publishFiles, type SessionEndReason } from './file-status.ts';
import { newRecording, type Recording, runningRecording } from './recording.ts';
import { raiseAccepted, raiseStateChanged } from './state-events.ts';
import type { RecordingTerms } from './terms.ts';
import { endTimeline, pause, resume } from './timeline.ts';
import { listen } from './voices.ts';

/** How many recordings of a call the control API shows (ours), the latest of them. */
const SHOWN_RECORDINGS = 100;

/** Records the call from now on; until it is resumed, silence, if it starts paused. */
export function startRecording(
  resource: Resource,
  call: ServerCall,
  terms: RecordingTerms,
  { pauseOnStart }: { pauseOnStart: boolean },
): Recording {
  const nowMs = resource.clock.now();
  const recording = newRecording(resource.random, call, terms, nowMs);
  call.recordings.push(recording);
  call.recordings.splice(0, call.recordings.length - SHOWN_RECORDINGS);
  resource.recordings.add(recording);
  listen(call, nowMs);
  raiseAccepted(resource, recording);
  if (pauseOnStart) {
    pause(recording.timeline, nowMs);
  } else {
    raiseStateChanged(resource, recording);
  }
  return recording;
}

/** Records silence from now on. */
export function pauseRecording(resource: Resource, recording: Recording): void {
  pause(recording.timeline, resource.clock.now());
  raiseStateChanged(resource, recording);
}

/** Records voices again. */
export function resumeRecording(resource: Resource, recording: Recording): void {
  resume(recording.timeline, resource.clock.now());
  raiseStateChanged(resource, recording);
}

/** Ends the recording, which is unknown from now on; its files follow. */
export function stopRecording(resource: Resource, recording: Recording, reason: SessionEndReason): void {
  endTimeline(recording.timeline, resource.clock.now());
  resource.recordings.remove(recording);
  raiseStateChanged(resource, recording);
  publishFiles(resource, recording, reason);
}

/** Stops whatever records a call that has come to its end. */
export function stopWithCall(resource: Resource, call: ServerCall): void {
  const recording = runningRecording(call);
  if (recording !== undefined) {
    stopRecording(resource, recording, 'CallEnded');
  }
}
