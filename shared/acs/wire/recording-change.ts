/** What RecordingStateChanged and StartRecordingFailed tell of a recording. */
import type { CallAutomationEvent } from '@azure/communication-call-automation';
import type { RecordingChange } from '../../calls/event.ts';
import { derivedId } from './derived-id.ts';

/** The recording that an event names, by our id of it too; undefined for an event that is about none. */
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
    ...(startDateTime && hasBegun(startDateTime) && { startedAt: new Date(startDateTime).toISOString() }),
  };
}

/** Before a recording has begun, ACS gives the year 1 as its start (recorded). */
function hasBegun(startDateTime: Date | string): boolean {
  return new Date(startDateTime).getUTCFullYear() > 1;
}
