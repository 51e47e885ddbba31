/** Media streaming: a frame of sound every 20 ms, mixed or for each speaker, and the DTMF tones of participants. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { listen } from '../calls/input.ts';
import type { Connection } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import { keyOf } from '../calls/tones.ts';
import type { Cancel } from '../clock.ts';
import { frameBytes } from './audio.ts';
import { everyFrame } from './every-frame.ts';
import { receive } from './inbound.ts';
import { soundsOf } from './sounds.ts';
import type { StreamContext } from './stream-context.ts';
import type { Send, StreamKind } from './stream-kind.ts';
import type { MediaStreamingSubscription } from './subscription.ts';

/** Recorded. */
const NOT_OPERATIONAL: ResultInformation = {
  code: 400,
  subCode: 8581,
  message: 'Action failed, Transport url is not valid or web socket server is not operational.',
};
/** 8603 is documented as "media streaming failed"; for an interruption it is chosen here. */
const INTERRUPTED: ResultInformation = {
  code: 500,
  subCode: 8603,
  message: 'Action failed, media streaming was interrupted.',
};

export function mediaStreaming(subscription: MediaStreamingSubscription): StreamKind {
  const { options } = subscription;
  const sampleRate = options.audioFormat === 'pcm24KMono' ? 24_000 : 16_000;
  return {
    name: 'mediaStreaming',
    subscription,
    troubles: {
      streamUrlMissing: NOT_OPERATIONAL,
      initialWebSocketConnectionFailed: NOT_OPERATIONAL,
      streamConnectionUnsuccessful: NOT_OPERATIONAL,
      streamConnectionInterrupted: INTERRUPTED,
    },
    statusEvent: (status, mediaStreamingStatusDetails) => ({
      event: `MediaStreaming${status}`,
      update: {
        mediaStreamingUpdate: {
          contentType: 'Audio',
          mediaStreamingStatus: `mediaStreaming${status}`,
          mediaStreamingStatusDetails,
        },
      },
    }),
    metadata: () => ({
      kind: 'AudioMetadata',
      audioMetadata: {
        subscriptionId: subscription.id,
        encoding: 'PCM',
        sampleRate,
        channels: 1,
        length: frameBytes(sampleRate),
      },
    }),
    feed(context, connection, send) {
      const { clock } = context;
      const hear = soundsOf(connection, options.audioChannelType, sampleRate);
      const endSound = everyFrame(clock, async () => {
        const timestamp = new Date(clock.now()).toISOString();
        for (const heard of hear()) {
          await send({ kind: 'AudioData', audioData: { timestamp, ...heard } });
        }
        // Yields to the server's side of the socket, also while a manual clock advances by hours.
        await nextTurn();
      });
      const endKeys = options.enableDtmfTones === true ? sendKeys(context, connection, send) : () => undefined;
      return () => {
        endSound();
        endKeys();
      };
    },
    receive(message) {
      if (options.enableBidirectional === true) {
        receive(subscription.received, message);
      } else {
        subscription.received.refused += 1;
      }
    },
  };
}

function sendKeys({ clock }: StreamContext, connection: Connection, send: Send): Cancel {
  return listen(connection, {
    tone: (_from, tone) => {
      clock.schedule(0, () => send({ kind: 'DtmfData', dtmfData: { data: keyOf(tone) } }));
    },
  });
}
