/** Recognition: pure steps from the input of a participant to an outcome. */

import type { Speech } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Tone } from '../calls/tones.ts';
import {
  INCORRECT_TONE,
  INITIAL_SILENCE,
  INTER_TONE_SILENCE,
  MAX_DIGITS_RECEIVED,
  PHRASE_MATCHED,
  PHRASE_NOT_MATCHED,
  SPEECH_NOT_RECOGNIZED,
  SPEECH_RECOGNIZED,
  STOP_TONE_DETECTED,
  TONE_MATCHED,
} from './results.ts';

export interface Choice {
  readonly label: string;
  readonly phrases: readonly string[];
  readonly tone?: Tone | undefined;
}

/** The expected input, and the timeouts. */
export interface Recognition {
  readonly input: 'dtmf' | 'speech' | 'speechOrDtmf' | 'choices';
  readonly maxTones: number;
  readonly stopTones: readonly Tone[];
  readonly choices: readonly Choice[];
  readonly initialSilenceMs: number;
  readonly interToneMs: number;
  readonly endSilenceMs: number;
}

/** The input so far: tones or words, whichever were first (ACS-D16, `speechOrDtmf`). */
export interface Input {
  readonly tones: readonly Tone[];
  readonly speech: Speech | undefined;
}

export const NO_INPUT: Input = { tones: [], speech: undefined };

/** The outcome of a recognize, with the payload of its event. */
export interface Outcome {
  readonly kind: 'RecognizeCompleted' | 'RecognizeFailed';
  readonly details: Readonly<Record<string, unknown>> & { readonly resultInformation: ResultInformation };
}

/** Adds a tone. Returns the same input when the tone has no meaning here. */
export function addTone(recognition: Recognition, input: Input, tone: Tone): Input | Outcome {
  if (recognition.input === 'choices') {
    return chooseByTone(recognition, input, tone);
  }
  if (recognition.input === 'speech' || input.speech !== undefined) {
    return input;
  }
  // Not documented; chosen here: the stop tone is not among the collected tones.
  if (recognition.stopTones.includes(tone)) {
    return collected(STOP_TONE_DETECTED, input.tones);
  }
  const tones = [...input.tones, tone];
  return tones.length < recognition.maxTones ? { ...input, tones } : collected(MAX_DIGITS_RECEIVED, tones);
}

/** Adds words. Returns the same input when no speech is expected. */
export function addSpeech(recognition: Recognition, input: Input, speech: Speech): Input | Outcome {
  if (recognition.input === 'dtmf' || input.tones.length > 0) {
    return input;
  }
  // Not documented; chosen here: words with a confidence of 0 are not recognized.
  if (speech.confidence === 0) {
    return failed(SPEECH_NOT_RECOGNIZED);
  }
  if (recognition.input === 'choices') {
    return chooseBySpeech(recognition, speech);
  }
  const before = input.speech;
  const text = before === undefined ? speech.text : `${before.text} ${speech.text}`;
  const confidence = Math.min(before?.confidence ?? 1, speech.confidence);
  return { ...input, speech: { text, confidence } };
}

/** The outcome of a silence timeout. */
export function endBySilence({ speech, tones }: Input): Outcome {
  if (speech !== undefined) {
    const speechResult = { speech: speech.text, confidence: speech.confidence };
    return completed({ resultInformation: SPEECH_RECOGNIZED, recognitionType: 'speech', speechResult });
  }
  return failed(tones.length > 0 ? INTER_TONE_SILENCE : INITIAL_SILENCE);
}

/** How long silence may last now. */
export function silenceTimeoutMs(recognition: Recognition, { speech, tones }: Input): number {
  if (speech !== undefined) {
    return recognition.endSilenceMs;
  }
  return tones.length > 0 ? recognition.interToneMs : recognition.initialSilenceMs;
}

function chooseByTone({ choices }: Recognition, input: Input, tone: Tone): Input | Outcome {
  // Choices without tones can only be spoken.
  if (choices.every((choice) => choice.tone === undefined)) {
    return input;
  }
  const choice = choices.find((each) => each.tone === tone);
  if (choice === undefined) {
    return failed(INCORRECT_TONE);
  }
  // The API's description: the phrase is null when a tone chose.
  return chosen(TONE_MATCHED, { label: choice.label, recognizedPhrase: null });
}

function chooseBySpeech({ choices }: Recognition, { text, confidence }: Speech): Outcome {
  const said = ` ${words(text)} `;
  for (const { label, phrases } of choices) {
    const recognizedPhrase = phrases.find((phrase) => words(phrase) !== '' && said.includes(` ${words(phrase)} `));
    if (recognizedPhrase !== undefined) {
      return chosen(PHRASE_MATCHED, { label, recognizedPhrase, confidence });
    }
  }
  return failed(PHRASE_NOT_MATCHED);
}

/**
 * Not documented; chosen here: a phrase matches whole words anywhere in the speech, whatever their case and
 * punctuation.
 */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function collected(resultInformation: ResultInformation, tones: readonly Tone[]): Outcome {
  return completed({ resultInformation, recognitionType: 'dtmf', dtmfResult: { tones } });
}

function chosen(resultInformation: ResultInformation, choiceResult: Record<string, unknown>): Outcome {
  return completed({ resultInformation, recognitionType: 'choices', choiceResult });
}

function completed(details: Outcome['details']): Outcome {
  return { kind: 'RecognizeCompleted', details };
}

function failed(resultInformation: ResultInformation): Outcome {
  return { kind: 'RecognizeFailed', details: { resultInformation } };
}
