/** Media streaming: a frame of sound every 20 ms, mixed or for each speaker, and the keys that are pressed. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from '../calls/connection.ts';
import { keyOf, listen } from '../calls/hearing.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import { othersThan, type Participant } from '../calls/server-call.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Resource } from '../resource.ts';
import { audioFrame, FRAME_MS, frameBytes, type SampleRate, toneHz } from './audio.ts';
import { receive } from './inbound.ts';
import type { Send, StreamKind } from './stream-kind.ts';
import type { MediaStreamingSubscription } from './subscription.ts';

/** ACS streams the four most dominant speakers of unmixed audio; here those who can be heard come first (ours). */
const MAX_UNMIXED = 4;

/** Sound that is later than this is left out (ours): a machine that slept does not make up for the night. */
const MAX_LATE_MS = 1000;

/** Recorded. */
const NOT_OPERATIONAL: ResultInformation = {
  code: 400,
  subCode: 8581,
  message: 'Action failed, Transport url is not valid or web socket server is not operational.',
};
/** 8603 is documented as "media streaming failed"; that an interruption has it is ours. */
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
    notice: (status, mediaStreamingStatusDetails) => ({
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
    feed(resource, connection, send) {
      const { clock } = resource;
      const hear = hearing(connection, options.audioChannelType, sampleRate);
      const endSound = everyFrame(clock, async () => {
        const timestamp = new Date(clock.now()).toISOString();
        for (const heard of hear()) {
          await send({ kind: 'AudioData', audioData: { timestamp, ...heard } });
        }
        // Lets the server's side of the socket run, also while a manual clock goes through hours.
        await nextTurn();
      });
      const endKeys = options.enableDtmfTones === true ? sendKeys(resource, connection, send) : () => undefined;
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

/** Who is muted or on hold is not heard. */
function isHeard({ isMuted, isOnHold }: Participant): boolean {
  return !isMuted && !isOnHold;
}

/** What can be heard at a moment: one sound in all, or one of each speaker. */
function hearing(connection: Connection, channels: 'mixed' | 'unmixed', sampleRate: SampleRate) {
  const tones = new Map<string, number>();
  const toneOf = ({ identifier: { rawId } }: Participant): number => {
    const index = tones.get(rawId) ?? tones.size;
    tones.set(rawId, index);
    return toneHz(index);
  };
  const sound = (speakers: readonly Participant[]) => {
    const voices = speakers.filter(isHeard).map(toneOf);
    return { data: audioFrame(voices, sampleRate).toString('base64'), silent: voices.length === 0 };
  };
  return () => {
    const others = othersThan(connection);
    if (channels === 'mixed') {
      return [sound(others)];
    }
    const dominant = [...others].sort((one, other) => Number(isHeard(other)) - Number(isHeard(one)));
    return dominant.slice(0, MAX_UNMIXED).map((speaker) => {
      return { participantRawID: speaker.identifier.rawId, ...sound([speaker]) };
    });
  };
}

/** Runs the task every 20 ms of the clock, one after the other. */
function everyFrame(clock: Clock, task: () => Promise<void>): Cancel {
  let due = clock.now();
  let isOver = false;
  let cancel: Cancel = () => undefined;
  const arm = (): void => {
    due = Math.max(due + FRAME_MS, clock.now() - MAX_LATE_MS);
    cancel = clock.schedule(Math.max(0, due - clock.now()), async () => {
      await task();
      if (!isOver) {
        arm();
      }
    });
  };
  arm();
  return () => {
    isOver = true;
    cancel();
  };
}

function sendKeys({ clock }: Resource, connection: Connection, send: Send): Cancel {
  return listen(connection, {
    tone: (_from, tone) => {
      clock.schedule(0, () => send({ kind: 'DtmfData', dtmfData: { data: keyOf(tone) } }));
    },
  });
}
