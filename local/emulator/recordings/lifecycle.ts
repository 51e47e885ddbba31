/** The lifecycle of a recording: start, pause, resume and stop. */

import type { ServerCall } from '../calls/model.ts';
import { publishFiles, type SessionEndReason } from './file-status.ts';
import { newRecording, type Recording } from './recording.ts';
import type { RecordingContext } from './recording-context.ts';
import { raiseAccepted, raiseStateChanged } from './state-events.ts';
import type { RecordingTerms } from './terms.ts';
import { endTimeline, pause, resume } from './timeline.ts';
import { recordVoices } from './voices.ts';

/** Records the call from now on; until it is resumed, silence, if it starts paused. */
export function startRecording(
  context: RecordingContext,
  call: ServerCall,
  terms: RecordingTerms,
  { pauseOnStart }: { pauseOnStart: boolean },
): Recording {
  const nowMs = context.clock.now();
  const recording = newRecording(context.random, call, terms, nowMs);
  context.recordings.add(call, recording);
  recordVoices(context, call);
  raiseAccepted(context, recording);
  if (pauseOnStart) {
    pause(recording.timeline, nowMs);
  } else {
    raiseStateChanged(context, recording);
  }
  return recording;
}

/** Records silence from now on. */
export function pauseRecording(context: RecordingContext, recording: Recording): void {
  pause(recording.timeline, context.clock.now());
  raiseStateChanged(context, recording);
}

/** Records voices again. */
export function resumeRecording(context: RecordingContext, recording: Recording): void {
  resume(recording.timeline, context.clock.now());
  raiseStateChanged(context, recording);
}

/** Ends the recording, which is unknown from then on; its files follow. */
export function stopRecording(context: RecordingContext, recording: Recording, reason: SessionEndReason): void {
  endTimeline(recording.timeline, context.clock.now());
  context.recordings.remove(recording);
  raiseStateChanged(context, recording);
  publishFiles(context, recording, reason);
}

/** Stops the recording of a call that is over. */
export function stopWithCall(context: RecordingContext, call: ServerCall): void {
  const recording = context.recordings.runningIn(call);
  if (recording !== undefined) {
    stopRecording(context, recording, 'CallEnded');
  }
}
