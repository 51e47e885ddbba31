/** The short names of the events that the emulator sends: callback events and Event Grid events. */

/** The callback events of Call Automation, all 38 that its SDKs know. */
export const CALLBACK_KINDS = [
  'AddParticipantFailed',
  'AddParticipantSucceeded',
  'AnswerFailed',
  'CallConnected',
  'CallDisconnected',
  'CallTransferAccepted',
  'CallTransferFailed',
  'CancelAddParticipantFailed',
  'CancelAddParticipantSucceeded',
  'ConnectFailed',
  'ContinuousDtmfRecognitionStopped',
  'ContinuousDtmfRecognitionToneFailed',
  'ContinuousDtmfRecognitionToneReceived',
  'CreateCallFailed',
  'HoldFailed',
  'MediaStreamingFailed',
  'MediaStreamingStarted',
  'MediaStreamingStopped',
  'MoveParticipantFailed',
  'MoveParticipantSucceeded',
  'ParticipantsUpdated',
  'PlayCanceled',
  'PlayCompleted',
  'PlayFailed',
  'PlayStarted',
  'RecognizeCanceled',
  'RecognizeCompleted',
  'RecognizeFailed',
  'RecordingStateChanged',
  'RemoveParticipantFailed',
  'RemoveParticipantSucceeded',
  'SendDtmfTonesCompleted',
  'SendDtmfTonesFailed',
  'StartRecordingFailed',
  'TranscriptionFailed',
  'TranscriptionStarted',
  'TranscriptionStopped',
  'TranscriptionUpdated',
] as const;

/** The Event Grid events of voice and video calling. */
export const GRID_KINDS = [
  'CallEnded',
  'CallParticipantAdded',
  'CallParticipantRemoved',
  'CallStarted',
  'IncomingCall',
  'RecordingFileStatusUpdated',
] as const;

export type CallbackKind = (typeof CALLBACK_KINDS)[number];
export type GridKind = (typeof GRID_KINDS)[number];

/** The full name under which both kinds travel. */
export function fullName(kind: CallbackKind | GridKind): string {
  return `Microsoft.Communication.${kind}`;
}
