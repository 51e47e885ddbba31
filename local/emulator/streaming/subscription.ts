/** What an application subscribed to when it took hold of a call: the audio, the words, or both. */

import * as z from 'zod';
import type { MediaStreamingOptions, TranscriptionOptions } from '../operations/connection-request.ts';
import type { Random } from '../random.ts';
import type { FrameKind } from './frames.ts';
import type { Received } from './inbound.ts';
import type { Stream } from './stream.ts';

interface Subscription {
  readonly id: string;
  readonly transportUrl: string | undefined;
  /** Frames sent so far, by kind. */
  readonly sent: Partial<Record<FrameKind, number>>;
  readonly received: Received;
  /** The stream that runs, or is about to. */
  stream: Stream | undefined;
}

export interface MediaStreamingSubscription extends Subscription {
  readonly options: MediaStreamingOptions;
}

export interface TranscriptionSubscription extends Subscription {
  readonly wantsIntermediate: boolean;
  locale: string;
  speechModelEndpointId: string | undefined;
}

export interface Subscriptions {
  readonly mediaStreaming: MediaStreamingSubscription | undefined;
  readonly transcription: TranscriptionSubscription | undefined;
}

/** The subscriptions for the options of create, answer or connect. */
export function subscribe(
  random: Random,
  media: MediaStreamingOptions | undefined,
  words: TranscriptionOptions | undefined,
): Subscriptions {
  const newSubscription = (transportUrl: string | undefined): Subscription => ({
    id: random.guid(),
    transportUrl,
    sent: {},
    received: { audioFrames: 0, audioBytes: 0, stopAudio: 0, refused: 0 },
    stream: undefined,
  });
  return {
    mediaStreaming: media && { ...newSubscription(media.transportUrl), options: media },
    transcription: words && {
      ...newSubscription(words.transportUrl),
      wantsIntermediate: words.enableIntermediateResults ?? false,
      locale: words.locale,
      speechModelEndpointId: words.speechModelEndpointId,
    },
  };
}

/** Ends what streams, without an event. */
export function closeStreams({ mediaStreaming, transcription }: Subscriptions): void {
  mediaStreaming?.stream?.close();
  transcription?.stream?.close();
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

/** Recorded: active after a start, inactive after a stop. Disabled is one that lacks its URL (ours). */
function stateOf({ transportUrl, stream }: Subscription): z.output<typeof state> {
  return transportUrl === undefined ? 'disabled' : stream?.isActive === true ? 'active' : 'inactive';
}

export function describeSubscriptions({ mediaStreaming: media, transcription: words }: Subscriptions) {
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

/** What has crossed the wire, for the control API. */
export function describeTraffic(subscriptions: Subscriptions) {
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
