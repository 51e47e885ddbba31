/** The terms of a recording: what the request to start it settles. */

/** The formats that the service writes, by content and channels (ACS-D7); the first is taken when none is named. */
export const FORMATS = {
  audio: { mixed: ['mp3', 'wav'], unmixed: ['wav'] },
  audioVideo: { mixed: ['mp4'], unmixed: [] },
} as const;

export type RecordingContent = keyof typeof FORMATS;
export type RecordingChannel = 'mixed' | 'unmixed';
export type RecordingFormat = 'wav' | 'mp3' | 'mp4';

/** More participants are not recorded one by one (ACS-D8: up to five channels). */
export const MAX_CHANNELS = 5;

/** The settings of a recording for its whole life. */
export interface RecordingTerms {
  readonly apiVersion: string;
  /** The address of state events; without it there are none. */
  readonly stateCallbackUri: string | undefined;
  readonly content: RecordingContent;
  readonly channel: RecordingChannel;
  readonly format: RecordingFormat;
  /** Channels that participants were given, by raw id; they count for unmixed recordings only. */
  readonly affinity: ReadonlyMap<string, number>;
  /** Raw ids in the order in which they get the first free channels. */
  readonly ordering: readonly string[];
  /** The user's own Blob container, instead of ACS's storage. */
  readonly containerUrl: string | undefined;
}
