/**
 * The results of media operations: the codes that their events carry. Messages are recorded or documented, unless
 * marked.
 */

import type { ResultInformation } from '../calls/result-information.ts';

const result = (code: number, subCode: number, message: string): ResultInformation => ({ code, subCode, message });

/** Recorded on the events of plays and streams; for sent and collected tones not documented, chosen here. */
export const ACTION_COMPLETED = result(200, 0, 'Action completed successfully.');

export const CANCELED = result(400, 8508, 'Action failed, the operation was canceled.');
export const INVALID_FILE_FORMAT = result(400, 8535, 'Action failed, file format is invalid.');
export const DOWNLOAD_FAILED = result(400, 8536, 'Action failed, file could not be downloaded.');
export const PLAY_SERVICE_SHUTDOWN = result(500, 8572, 'Action failed due to play service shutdown.');
export const COGNITIVE_BAD_REQUEST = result(
  400,
  8565,
  'Action failed, bad request to Azure AI services. Check input parameters.',
);
/** The sub-code is documented; its code and message are chosen here. */
export const NOTHING_TO_SPEAK = result(400, 8582, 'Action failed, the text or SSML of a play source is empty.');
/** The sub-code is documented for a terminated call; for recognize and sent tones it is chosen here. */
export const CALL_TERMINATED = result(400, 8528, 'Action failed, the call was terminated.');

export const MAX_DIGITS_RECEIVED = result(200, 8531, 'Action completed, max digits received.');
export const STOP_TONE_DETECTED = result(200, 8514, 'Action completed as stop tone was detected.');
export const TONE_MATCHED = result(200, 8533, 'Action completed, DTMF option matched.');
export const PHRASE_MATCHED = result(200, 8545, 'Action completed, speech option matched.');
export const SPEECH_RECOGNIZED = result(200, 8569, 'Action completed, speech was recognized.');
export const INITIAL_SILENCE = result(400, 8510, 'Action failed, initial silence timeout reached.');
export const PROMPT_FAILED = result(500, 8511, 'Action failed, encountered failure while trying to play the prompt.');
/** Documented as RecognizeFailed and, in a later page, as RecognizeCompleted; it is a failure here. */
export const INTER_TONE_SILENCE = result(400, 8532, 'Action failed, inter-digit silence timeout reached.');
export const INCORRECT_TONE = result(400, 8534, 'Action failed, incorrect tone entered.');
export const PHRASE_NOT_MATCHED = result(400, 8547, 'Action failed, recognized phrase does not match a valid option.');
export const SPEECH_NOT_RECOGNIZED = result(400, 8563, 'Action failed, speech could not be recognized.');
