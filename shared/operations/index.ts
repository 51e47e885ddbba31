/** The table of operations: everything that is derived from operations loops over it. */
import type { Settlements } from '../calls/settlement.ts';
import { addParticipant } from './add-participant.ts';
import { answerCall } from './answer-call.ts';
import { cancelAddParticipant } from './cancel-add-participant.ts';
import { cancelAllMediaOperations } from './cancel-all-media-operations.ts';
import { connectCall } from './connect-call.ts';
import { createCall } from './create-call.ts';
import { deleteRecording } from './delete-recording.ts';
import { hangUp } from './hang-up.ts';
import { hold } from './hold.ts';
import { moveParticipants } from './move-participants.ts';
import { muteParticipant } from './mute-participant.ts';
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
import { transferCall } from './transfer-call.ts';
import { unhold } from './unhold.ts';
import { updateTranscription } from './update-transcription.ts';

export const operations = [
  createCall,
  connectCall,
  answerCall,
  rejectCall,
  redirectCall,
  hangUp,
  transferCall,
  addParticipant,
  cancelAddParticipant,
  removeParticipant,
  muteParticipant,
  moveParticipants,
  play,
  recognize,
  cancelAllMediaOperations,
  sendDtmfTones,
  startContinuousDtmfRecognition,
  stopContinuousDtmfRecognition,
  hold,
  unhold,
  startMediaStreaming,
  stopMediaStreaming,
  startTranscription,
  updateTranscription,
  stopTranscription,
  startRecording,
  pauseRecording,
  resumeRecording,
  stopRecording,
  deleteRecording,
] as const satisfies readonly Operation[];

/** How each operation ends, by name: what the pure core needs to know of the table. */
export const settlements: Settlements = new Map(operations.map(({ name, settles }) => [name, settles]));
