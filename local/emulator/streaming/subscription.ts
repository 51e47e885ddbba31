/** The stream subscriptions of an application: the audio of its call, the transcription, or both. */

import * as z from 'zod';
import type { OperationReference } from '../callbacks/raise.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Random } from '../random.ts';
import type { FrameKind } from './frames.ts';
import type { Received } from './inbound.ts';
import type { MediaStreamingOptions, TranscriptionOptions } from './options.ts';
import type { StatusEvent } from './stream-status.ts';

/** A stream that runs or is about to. */
export interface RunningStream {
  readonly isActive: boolean;
  /** Ends with the Stopped event; with a failure the Failed event follows and the stream goes on. */
  stop(reference: OperationReference, failure?: ResultInformation): Promise<void>;
  /** Raises an event of the stream. */
  raise(statusEvent: StatusEvent, reference: OperationReference, result?: ResultInformation): void;
  /** Ends without an event, because the call is over. */
  close(): void;
}

interface Subscription {
  readonly id: string;
  readonly transportUrl: string | undefined;
  /** Whether the stream starts by itself when the call connects. */
  readonly startsOnConnect: boolean;
  /** Frames sent so far, by kind. */
  readonly sent: Partial<Record<FrameKind, number>>;
  readonly received: Received;
  stream: RunningStream | undefined;
}

export interface MediaStreamingSubscription extends Subscription {
  readonly options: MediaStreamingOptions;
}

export interface TranscriptionSubscription extends Subscription {
  readonly wantsIntermediate: boolean;
  locale: string;
  speechModelEndpointId: string | undefined;
}

export interface StreamSubscriptions {
  readonly mediaStreaming: MediaStreamingSubscription | undefined;
  readonly transcription: TranscriptionSubscription | undefined;
}

/** The subscriptions for the options of create, answer or connect. */
export function subscribe(
  random: Random,
  media: MediaStreamingOptions | undefined,
  words: TranscriptionOptions | undefined,
): StreamSubscriptions {
  const newSubscription = (transportUrl: string | undefined, startsOnConnect = false): Subscription => ({
    id: random.guid(),
    transportUrl,
    startsOnConnect,
    sent: {},
    received: { audioFrames: 0, audioBytes: 0, stopAudio: 0, refused: 0 },
    stream: undefined,
  });
  return {
    mediaStreaming: media && { ...newSubscription(media.transportUrl, media.startMediaStreaming), options: media },
    transcription: words && {
      ...newSubscription(words.transportUrl, words.startTranscription),
      wantsIntermediate: words.enableIntermediateResults ?? false,
      locale: words.locale,
      speechModelEndpointId: words.speechModelEndpointId,
    },
  };
}

const state = z.enum(['disabled', 'inactive', 'active']);

/** The two members of CallConnectionProperties. */
export const subscriptionProperties = {
  mediaStreamingSubscription: z
    .strictObject({ id: z.guid(), state, subscribedContentTypes: z.array(z.literal('audio')) })
    .optional(),
  transcriptionSubscription: z
    .strictObject({
      id: z.guid(),
      state,
      subscribedResultTypes: z.array(z.enum(['final', 'intermediate'])),
      locale: z.string(),
    })
    .optional(),
};

/** Recorded: active after a start, inactive after a stop. Not documented; chosen here: disabled without a URL. */
function stateOf({ transportUrl, stream }: Subscription): z.output<typeof state> {
  return transportUrl === undefined ? 'disabled' : stream?.isActive === true ? 'active' : 'inactive';
}

export function describeSubscriptions({ mediaStreaming: media, transcription: words }: StreamSubscriptions) {
  return {
    ...(media && {
      mediaStreamingSubscription: { id: media.id, state: stateOf(media), subscribedContentTypes: ['audio' as const] },
    }),
    ...(words && {
      transcriptionSubscription: {
        id: words.id,
        state: stateOf(words),
        subscribedResultTypes: words.wantsIntermediate
          ? (['final', 'intermediate'] as const).slice()
          : ['final' as const],
        locale: words.locale,
      },
    }),
  };
}

/** The traffic of the streams, for the control API. */
export function describeTraffic(subscriptions: StreamSubscriptions) {
  return Object.entries(subscriptions).flatMap(([name, subscription]: [string, Subscription | undefined]) =>
    subscription === undefined
      ? []
      : [
          {
            kind: name,
            transportUrl: subscription.transportUrl,
            state: stateOf(subscription),
            sent: subscription.sent,
            received: subscription.received,
          },
        ],
  );
}
