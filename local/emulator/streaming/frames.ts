/** The frames of a stream in ACS's wire form; their key names are not those of the SDK's models. */

interface Kinds {
  readonly AudioMetadata: {
    readonly audioMetadata: {
      readonly subscriptionId: string;
      readonly encoding: 'PCM';
      readonly sampleRate: number;
      readonly channels: 1;
      /** Bytes of an AudioData frame. */
      readonly length: number;
    };
  };
  readonly AudioData: {
    readonly audioData: {
      readonly timestamp: string;
      /** Absent in mixed audio. */
      readonly participantRawID?: string;
      /** PCM in base64. */
      readonly data: string;
      readonly silent: boolean;
    };
  };
  readonly DtmfData: { readonly dtmfData: { readonly data: string } };
  readonly TranscriptionMetadata: {
    readonly transcriptionMetadata: {
      readonly subscriptionId: string;
      readonly locale: string;
      readonly callConnectionId: string;
      readonly correlationId: string;
      readonly speechRecognitionModelEndpointId?: string;
    };
  };
  readonly TranscriptionData: { readonly transcriptionData: TranscriptionData };
}

/**
 * Words of a speaker. `offset` and `duration` are in ticks of 100 ns from the start of the transcription (not
 * documented; chosen here).
 */
export interface TranscriptionData {
  readonly text: string;
  readonly format: 'display';
  readonly confidence: number;
  readonly offset: number;
  readonly duration: number;
  readonly words: readonly Word[];
  readonly participantRawID: string;
  readonly resultStatus: 'Intermediate' | 'Final';
}

export interface Word {
  readonly text: string;
  readonly offset: number;
  readonly duration: number;
}

export type FrameKind = keyof Kinds;
export type Frame = { [Kind in FrameKind]: { readonly kind: Kind } & Kinds[Kind] }[FrameKind];
