/** Transcription: the words of a call in the form of the speech service. */

import { listen } from '../calls/input.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { StreamKind } from './stream-kind.ts';
import type { StatusDetails, StatusEvent } from './stream-status.ts';
import type { TranscriptionSubscription } from './subscription.ts';
import { resultsOf } from './utterance.ts';

/** Documented. */
const INVALID_URL: ResultInformation = {
  code: 400,
  subCode: 8581,
  message: "Action failed, StreamUrl isn't valid.",
};
const NOT_CONNECTED: ResultInformation = {
  code: 500,
  subCode: 8578,
  message: 'Action failed, not able to establish WebSocket connection.',
};
/** 8578 is documented as "transcription failed"; for an interruption it is chosen here. */
const INTERRUPTED: ResultInformation = {
  code: 500,
  subCode: 8578,
  message: 'Action failed, transcription was interrupted.',
};

export function transcriptionStatusEvent(
  status: 'Started' | 'Stopped' | 'Failed' | 'Updated',
  transcriptionStatusDetails: StatusDetails,
): StatusEvent {
  return {
    event: `Transcription${status}`,
    update: { transcriptionUpdate: { transcriptionStatus: `transcription${status}`, transcriptionStatusDetails } },
  };
}

export function transcription(subscription: TranscriptionSubscription): StreamKind {
  return {
    name: 'transcription',
    subscription,
    troubles: {
      streamUrlMissing: INVALID_URL,
      initialWebSocketConnectionFailed: NOT_CONNECTED,
      streamConnectionUnsuccessful: NOT_CONNECTED,
      streamConnectionInterrupted: INTERRUPTED,
    },
    statusEvent: transcriptionStatusEvent,
    metadata({ callConnectionId, correlationId }) {
      const { id: subscriptionId, locale, speechModelEndpointId: model } = subscription;
      return {
        kind: 'TranscriptionMetadata',
        transcriptionMetadata: {
          subscriptionId,
          locale,
          callConnectionId,
          correlationId,
          ...(model !== undefined && { speechRecognitionModelEndpointId: model }),
        },
      };
    },
    feed({ clock }, connection, send) {
      const startedAtMs = clock.now();
      return listen(connection, {
        speech: ({ identifier, isMuted, isOnHold }, { text, confidence }) => {
          const results =
            isMuted || isOnHold ? [] : resultsOf(text, clock.now() - startedAtMs, subscription.wantsIntermediate);
          for (const { afterMs, data } of results) {
            const participantRawID = identifier.rawId;
            const transcriptionData = { ...data, format: 'display' as const, confidence, participantRawID };
            clock.schedule(afterMs, () => send({ kind: 'TranscriptionData', transcriptionData }));
          }
        },
      });
    },
    // The server may send nothing on this stream.
    receive: () => {
      subscription.received.refused += 1;
    },
  };
}
