/** What a recognize makes of what it hears: pure steps from silence to an outcome. */

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

/** What is listened for, and how long silence may last. */
export interface Recognition {
  readonly input: 'dtmf' | 'speech' | 'speechOrDtmf' | 'choices';
  readonly maxTones: number;
  readonly stopTones: readonly Tone[];
  readonly choices: readonly Choice[];
  readonly initialSilenceMs: number;
  readonly interToneMs: number;
  readonly endSilenceMs: number;
}

/** What has been heard so far: tones or words, whichever came first (ACS-D16, `speechOrDtmf`). */
export interface Heard {
  readonly tones: readonly Tone[];
  readonly speech: Speech | undefined;
}

export const NOTHING_HEARD: Heard = { tones: [], speech: undefined };

/** How a recognize ends, with the payload of its event. */
export interface Outcome {
  readonly kind: 'RecognizeCompleted' | 'RecognizeFailed';
  readonly details: Readonly<Record<string, unknown>> & { readonly resultInformation: ResultInformation };
}

/** A key is pressed. Answers what was heard before, unchanged, when the key means nothing here. */
export function hearTone(recognition: Recognition, heard: Heard, tone: Tone): Heard | Outcome {
  if (recognition.input === 'choices') {
    return chooseByTone(recognition, heard, tone);
  }
  if (recognition.input === 'speech' || heard.speech !== undefined) {
    return heard;
  }
  // The stop tone is not among the tones that were collected (ours).
  if (recognition.stopTones.includes(tone)) {
    return collected(STOP_TONE_DETECTED, heard.tones);
  }
  const tones = [...heard.tones, tone];
  return tones.length < recognition.maxTones ? { ...heard, tones } : collected(MAX_DIGITS_RECEIVED, tones);
}

/** Something is said. Answers what was heard before, unchanged, when nobody listens for words. */
export function hearSpeech(recognition: Recognition, heard: Heard, speech: Speech): Heard | Outcome {
  if (recognition.input === 'dtmf' || heard.tones.length > 0) {
    return heard;
  }
  // Words that the service is not sure of at all were not understood (ours).
  if (speech.confidence === 0) {
    return failed(SPEECH_NOT_RECOGNIZED);
  }
  if (recognition.input === 'choices') {
    return chooseBySpeech(recognition, speech);
  }
  const before = heard.speech;
  const text = before === undefined ? speech.text : `${before.text} ${speech.text}`;
  const confidence = Math.min(before?.confidence ?? 1, speech.confidence);
  return { ...heard, speech: { text, confidence } };
}

/** Silence has lasted as long as it may. */
export function hearSilence({ speech, tones }: Heard): Outcome {
  if (speech !== undefined) {
    const speechResult = { speech: speech.text, confidence: speech.confidence };
    return completed({ resultInformation: SPEECH_RECOGNIZED, recognitionType: 'speech', speechResult });
  }
  return failed(tones.length > 0 ? INTER_TONE_SILENCE : INITIAL_SILENCE);
}

/** How long silence may last now, in milliseconds. */
export function patienceMs(recognition: Recognition, { speech, tones }: Heard): number {
  if (speech !== undefined) {
    return recognition.endSilenceMs;
  }
  return tones.length > 0 ? recognition.interToneMs : recognition.initialSilenceMs;
}

function chooseByTone({ choices }: Recognition, heard: Heard, tone: Tone): Heard | Outcome {
  // Choices without tones are spoken only: keys mean nothing.
  if (choices.every((choice) => choice.tone === undefined)) {
    return heard;
  }
  const choice = choices.find((each) => each.tone === tone);
  if (choice === undefined) {
    return failed(INCORRECT_TONE);
  }
  // No `recognizedPhrase`, as the SDK's model says of a choice by tone.
  return chosen(TONE_MATCHED, { label: choice.label });
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

/** A phrase matches whole words anywhere in what was said, whatever their case and punctuation (ours). */
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
