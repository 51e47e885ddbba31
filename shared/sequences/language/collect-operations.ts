/** The operations that a step that collects digits is made of: one listens, one plays the prompt, one has the usual limits. */
import { play } from '../../operations/media/play.ts';
import { recognize, recognizeDefaults } from '../../operations/media/recognize.ts';
import { startContinuousDtmfRecognition } from '../../operations/media/start-continuous-dtmf-recognition.ts';

export const listeningOperation = startContinuousDtmfRecognition;
export const promptOperation = play;
export const { maxTones, stopTones, interToneTimeoutSeconds, initialSilenceTimeoutSeconds } = recognize.input.shape;
export const inputDefaults = recognizeDefaults;
