/** The callback events of recordings. They go to the address of the start request; without one there are none. */

import { callbackTime, sendCallback } from '../callbacks/raise.ts';
import { type ResultInformation, SUCCESS } from '../calls/result-information.ts';
import type { Environment } from '../environment.ts';
import type { CallbackKind } from '../event-kinds.ts';
import { type Recording, stateOf } from './recording.ts';

/** Every recording here is of this kind; Teams makes the others. */
export const RECORDING_KIND = 'azureCommunicationServices';

/** The start of a recording that has not started: .NET's smallest date (ACS-R17). */
const NOT_STARTED = '0001-01-01T00:00:00+00:00';

/** RecordingStateChanged: inactive without a start, as was recorded before the first active one. */
export function raiseAccepted(environment: Environment, recording: Recording): void {
  raiseState(environment, recording, 'inactive', NOT_STARTED);
}

/** RecordingStateChanged with the state that the recording is in. */
export function raiseStateChanged(environment: Environment, recording: Recording): void {
  raiseState(environment, recording, stateOf(recording), callbackTime(recording.timeline.startedAtMs));
}

/** StartRecordingFailed. */
export function raiseStartFailed(
  environment: Environment,
  recording: Recording,
  resultInformation: ResultInformation,
): void {
  send(environment, recording, 'StartRecordingFailed', { resultInformation });
}

function raiseState(environment: Environment, recording: Recording, state: string, startDateTime: string): void {
  const details = { state, startDateTime, recordingKind: RECORDING_KIND, resultInformation: SUCCESS };
  send(environment, recording, 'RecordingStateChanged', details);
}

function send(
  environment: Environment,
  recording: Recording,
  kind: CallbackKind,
  details: Record<string, unknown>,
): void {
  const { recordingId, callConnectionId, serverCallId, correlationId, terms } = recording;
  if (terms.stateCallbackUri === undefined) {
    return;
  }
  sendCallback(environment, {
    kind,
    url: terms.stateCallbackUri,
    source: `calling/recordings/${serverCallId}/${recordingId}/${kind}`,
    version: terms.apiVersion,
    callConnectionId,
    serverCallId,
    correlationId,
    details: { recordingId, ...details },
  });
}
