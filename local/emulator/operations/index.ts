/** The table of REST operations: routes, validation, faults and the log are loops over it. */

import * as identity from '../identity/operations.ts';
import * as rooms from '../rooms/operations.ts';
import { addParticipant } from './add-participant.ts';
import { answerCall } from './answer-call.ts';
import { cancelAddParticipant } from './cancel-add-participant.ts';
import { cancelAllMediaOperations } from './cancel-all-media-operations.ts';
import { connect } from './connect-call.ts';
import { createCall } from './create-call.ts';
import { deleteRecording } from './delete-recording.ts';
import { downloadRecording } from './download-recording.ts';
import { getCall } from './get-call.ts';
import { getParticipant } from './get-participant.ts';
import { getParticipants } from './get-participants.ts';
import { getRecordingProperties } from './get-recording-properties.ts';
import { hangupCall } from './hangup-call.ts';
import { hold } from './hold.ts';
import { moveParticipants } from './move-participants.ts';
import { mute } from './mute-participants.ts';
import type { Operation } from './operation.ts';
import { pauseRecording } from './pause-recording.ts';
import { play } from './play.ts';
import { recognize } from './recognize.ts';
import { redirectCall } from './redirect-call.ts';
import { rejectCall } from './reject-call.ts';
import { removeParticipant } from './remove-participant.ts';
import { resumeRecording } from './resume-recording.ts';
import { sendDtmfTones } from './send-dtmf-tones.ts';
import { startContinuousDtmfRecognition } from './start-continuous-dtmf-recognition.ts';
import { startMediaStreaming } from './start-media-streaming.ts';
import { startRecording } from './start-recording.ts';
import { startTranscription } from './start-transcription.ts';
import { stopContinuousDtmfRecognition } from './stop-continuous-dtmf-recognition.ts';
import { stopMediaStreaming } from './stop-media-streaming.ts';
import { stopRecording } from './stop-recording.ts';
import { stopTranscription } from './stop-transcription.ts';
import { summarizeCall } from './summarize-call.ts';
import { terminateCall } from './terminate-call.ts';
import { transferToParticipant } from './transfer-call.ts';
import { unhold } from './unhold.ts';
import { updateTranscription } from './update-transcription.ts';

export const operations: readonly Operation[] = [
  createCall,
  answerCall,
  redirectCall,
  rejectCall,
  connect,
  getCall,
  hangupCall,
  terminateCall,
  transferToParticipant,
  getParticipants,
  addParticipant,
  removeParticipant,
  mute,
  cancelAddParticipant,
  moveParticipants,
  getParticipant,
  startRecording,
  getRecordingProperties,
  stopRecording,
  pauseRecording,
  resumeRecording,
  downloadRecording,
  deleteRecording,
  play,
  recognize,
  cancelAllMediaOperations,
  startContinuousDtmfRecognition,
  stopContinuousDtmfRecognition,
  sendDtmfTones,
  hold,
  unhold,
  startMediaStreaming,
  stopMediaStreaming,
  startTranscription,
  stopTranscription,
  updateTranscription,
  summarizeCall,
  ...Object.values(rooms),
  ...Object.values(identity),
];
