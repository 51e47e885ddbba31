/** The table of operations: everything that is derived from operations loops over it. */
import type { Settlements } from '../calls/operation-life/settlement.ts';
import type { StreamName } from '../calls/stream.ts';
import { answerCall } from './calls/answer-call.ts';
import { connectCall } from './calls/connect-call.ts';
import { createCall } from './calls/create-call.ts';
import { hangUp } from './calls/hang-up.ts';
import { redirectCall } from './calls/redirect-call.ts';
import { rejectCall } from './calls/reject-call.ts';
import { transferCall } from './calls/transfer-call.ts';
import { cancelAllMediaOperations } from './media/cancel-all-media-operations.ts';
import { play } from './media/play.ts';
import { recognize } from './media/recognize.ts';
import { sendDtmfTones } from './media/send-dtmf-tones.ts';
import { startContinuousDtmfRecognition } from './media/start-continuous-dtmf-recognition.ts';
import { stopContinuousDtmfRecognition } from './media/stop-continuous-dtmf-recognition.ts';
import type { Operation } from './operation.ts';
import { addParticipant } from './participants/add-participant.ts';
import { cancelAddParticipant } from './participants/cancel-add-participant.ts';
import { hold } from './participants/hold.ts';
import { moveParticipants } from './participants/move-participants.ts';
import { muteParticipant } from './participants/mute-participant.ts';
import { removeParticipant } from './participants/remove-participant.ts';
import { unhold } from './participants/unhold.ts';
import { deleteRecording } from './recordings/delete-recording.ts';
import { pauseRecording } from './recordings/pause-recording.ts';
import { resumeRecording } from './recordings/resume-recording.ts';
import { startRecording } from './recordings/start-recording.ts';
import { stopRecording } from './recordings/stop-recording.ts';
import { startMediaStreaming } from './streaming/start-media-streaming.ts';
import { startTranscription } from './streaming/start-transcription.ts';
import { stopMediaStreaming } from './streaming/stop-media-streaming.ts';
import { stopTranscription } from './streaming/stop-transcription.ts';
import { updateTranscription } from './streaming/update-transcription.ts';

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

const byName: ReadonlyMap<string, Operation> = new Map(
  operations.map((operation) => [operation.name, operation as Operation]),
);

/** The operation of a name. */
export function operationNamed(name: string): Operation | undefined {
  return byName.get(name);
}

/** The operations that start the streams of a call. */
export const streamStarts: Readonly<Record<StreamName, Operation>> = {
  mediaStreaming: startMediaStreaming,
  transcription: startTranscription,
};

/** How each operation settles, by name: what the pure core needs to know of the table. */
export const settlements: Settlements = new Map(operations.map(({ name, settles }) => [name, settles]));
