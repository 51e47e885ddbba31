/** A stage for media: an emulator and a server of audio files for a test file, and short forms of what the SDK takes. */

import {
  type CallConnection,
  type FileSource,
  parseCallAutomationEvent,
  type SsmlSource,
  type TextSource,
} from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type AudioServer, startAudioServer } from './audio-server.ts';
import { ANNA, type Stage, setStage, who } from './stage.ts';

export interface MediaStage extends Stage {
  readonly audio: AudioServer;
  /** A file that the audio server has. */
  file(path: string, cacheId?: string): FileSource;
  /** Who did what to which end: kind, operation context and sub-code of all that has arrived. */
  reported(): unknown[][];
  /** The data of the only event of a kind. */
  only(kind: string): Record<string, unknown>;
}

/** Registers the hooks; the stage is there when the first test runs. */
export function onMediaStage(): MediaStage {
  const media = {} as MediaStage;
  beforeAll(async () => {
    const [stage, audio] = await Promise.all([setStage(), startAudioServer()]);
    Object.assign(media, stage, { audio }, shortForms(stage, audio));
  });
  beforeEach(async () => {
    await media.clear();
    media.audio.clear();
  });
  afterEach(() => {
    // Whatever was sent, the SDK's own parser must understand.
    for (const { kind, event } of media.app.arrivals.filter(({ event: { type } }) => type !== undefined)) {
      expect(parseCallAutomationEvent(event as never)).toMatchObject({ kind });
    }
  });
  afterAll(() => Promise.all([media.close(), media.audio.close()]));
  return media;
}

function shortForms({ app }: Stage, audio: AudioServer): Pick<MediaStage, 'file' | 'reported' | 'only'> {
  return {
    file: (path, cacheId) => ({
      kind: 'fileSource',
      url: audio.at(path),
      ...(cacheId !== undefined && { playsourcacheid: cacheId }),
    }),
    reported: () =>
      app.arrivals.map(({ kind, event: { data } }) => {
        const { subCode } = data.resultInformation as { subCode: number };
        return data.operationContext === undefined ? [kind, subCode] : [kind, subCode, data.operationContext];
      }),
    only(kind) {
      const [first, ...more] = app.of(kind);
      expect(more).toEqual([]);
      return first?.event.data ?? {};
    },
  };
}

export function text(words: string): TextSource {
  return { kind: 'textSource', text: words, voiceName: 'en-US-JennyNeural' };
}

export function ssml(markup: string): SsmlSource {
  return { kind: 'ssmlSource', ssmlText: markup };
}

export function under(operationContext: string): { operationContext: string } {
  return { operationContext };
}

const RECOGNIZE_KINDS = {
  dtmf: 'callMediaRecognizeDtmfOptions',
  speech: 'callMediaRecognizeSpeechOptions',
  speechOrDtmf: 'callMediaRecognizeSpeechOrDtmfOptions',
  choices: 'callMediaRecognizeChoiceOptions',
} as const;

export type RecognizeInput = keyof typeof RECOGNIZE_KINDS;

/** Recognizes what a party does, for ten seconds by default, under the context `mine`. */
export function recognize(
  connection: CallConnection,
  input: RecognizeInput,
  options: object = {},
  party = ANNA,
): Promise<unknown> {
  const common = { kind: RECOGNIZE_KINDS[input], initialSilenceTimeoutInSeconds: 10, ...under('mine') };
  return connection.getCallMedia().startRecognizing(who(party), { ...common, ...options } as never);
}

/** What a RecognizeCompleted says about tones. */
export function collected(...tones: string[]): object {
  return { recognitionType: 'dtmf', dtmfResult: { tones } };
}
