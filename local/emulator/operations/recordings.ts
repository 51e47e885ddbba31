/** The look-ups that operations on recordings share: the call to record, the recording, its file. */

import * as z from 'zod';
import type { ServerCall } from '../calls/model.ts';
import { AcsError, callNotFound } from '../http/acs-error.ts';
import { type Recording, stateOf } from '../recordings/recording.ts';
import type { RecordingFile } from '../recordings/recording-file.ts';
import { RECORDING_KIND } from '../recordings/state-events.ts';
import type { Resource } from '../resource.ts';
import type { callLocator } from './call-locator.ts';
import { establishedConnection, notEstablished } from './mid-call.ts';

/** RecordingStateResponse. */
export const recordingStateResponse = z.strictObject({
  recordingId: z.string(),
  recordingState: z.enum(['active', 'inactive']),
  recordingKind: z.literal(RECORDING_KIND),
});

/** A recording in ACS's form. */
export function describeRecording(recording: Recording): z.input<typeof recordingStateResponse> {
  return { recordingId: recording.recordingId, recordingState: stateOf(recording), recordingKind: RECORDING_KIND };
}

interface Named {
  readonly callLocator?: z.output<typeof callLocator> | undefined;
  readonly callConnectionId?: string | undefined;
}

/** The call that a request names; throws 404/8522 when it does not run, 400/8501 before it is answered. */
export function callToRecord(resource: Resource, { callLocator: locator = {}, callConnectionId }: Named): ServerCall {
  if (callConnectionId !== undefined) {
    return establishedConnection({ resource, path: { callConnectionId } }).call;
  }
  const { serverCallId, groupCallId, roomId } = locator;
  const { calls } = resource;
  const call =
    (serverCallId && calls.running(serverCallId)) ||
    (groupCallId && calls.runningIn('group', groupCallId)) ||
    (roomId && calls.runningIn('room', roomId));
  if (!call) {
    throw callNotFound();
  }
  if (!isEstablished(call)) {
    throw notEstablished();
  }
  return call;
}

/** Whether participants talk in the call, controlled by an application or not. */
function isEstablished({ connections, ringing, participants }: ServerCall): boolean {
  return connections.size > 0
    ? [...connections].some(({ state }) => state === 'connected')
    : ringing.size === 0 && participants.size > 0;
}

interface Target {
  readonly resource: Resource;
  readonly path: Readonly<Record<string, string>>;
}

/** The recording of the path; throws 404/8522 when it is unknown or has ended (ACS-R13). */
export function liveRecording({ resource, path }: Target): Recording {
  const recording = resource.recordings.running(path.recordingId ?? '');
  if (recording === undefined) {
    throw new AcsError(404, '8522', 'Recording not found.');
  }
  return recording;
}

/** 400/8573: pause or resume in the wrong state. */
export function notAllowed(message: string): AcsError {
  return new AcsError(400, '8573', message);
}

/** The file of the path; throws 404 when it is unknown, was deleted, or is older than a day. */
export function storedFile({ resource, path }: Target): RecordingFile {
  const file = resource.recordings.file(path.documentId ?? '');
  if (file === undefined) {
    throw new AcsError(404, 'NotFound', 'There is no such file; it may have been deleted, or be older than 24 hours.');
  }
  return file;
}
