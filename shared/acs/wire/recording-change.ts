/** Reads the recording that RecordingStateChanged and StartRecordingFailed report on. */
import type { CallAutomationEvent } from '@azure/communication-call-automation';
import type { RecordingChange } from '../../calls/event.ts';
import { derivedId } from './derived-id.ts';

/** The recording that an event names, with Switchboard's id of it; undefined for an event about no recording. */
export function recordingChange(event: CallAutomationEvent): RecordingChange | undefined {
  if ((event.kind !== 'RecordingStateChanged' && event.kind !== 'StartRecordingFailed') || !event.recordingId) {
    return undefined;
  }
  const named = { recordingId: derivedId(event.recordingId), acsRecordingId: event.recordingId };
  if (event.kind === 'StartRecordingFailed') {
    return named;
  }
  const { state, startDateTime } = event;
  return {
    ...named,
    ...((state === 'active' || state === 'inactive') && { state }),
    ...(startDateTime && hasStarted(startDateTime) && { startedAt: new Date(startDateTime).toISOString() }),
  };
}

/** Until a recording has started, ACS reports a start in the year 1 (ACS-R17). */
function hasStarted(startDateTime: Date | string): boolean {
  return new Date(startDateTime).getUTCFullYear() > 1;
}
