/** A stage for transcription: emulator, app, the app's WebSocket server, and calls whose words are sent to it. */

import type { CallConnection } from '@azure/communication-call-automation';
import { ANNA, APP_NUMBER, type Stage, setStage } from '../stage.ts';
import { type StreamServer, startStreamServer } from './stream-server.ts';

interface Call {
  readonly transcription?: object;
  readonly cognitiveServicesEndpoint?: string | undefined;
}

export interface TranscriptionStage extends Stage {
  readonly server: StreamServer;
  /** A call to Anna with transcription options, answered. */
  called(call?: Call): Promise<CallConnection>;
  /** The same, with a transcription that was started; what has arrived until then is cleared. */
  transcribing(call?: Call): Promise<CallConnection>;
  /** Lets Anna say something. */
  say(call: CallConnection, words: object): Promise<void>;
}

export async function setTranscriptionStage(): Promise<TranscriptionStage> {
  const [stage, server] = await Promise.all([setStage(), startStreamServer()]);
  const transcriptionStage: TranscriptionStage = {
    ...stage,
    server,
    async called({ transcription = {}, ...more } = {}) {
      const callIntelligenceOptions = { cognitiveServicesEndpoint: 'https://speech.example/', ...more };
      const { callConnection } = await stage.client.createCall(
        { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } },
        stage.callback,
        {
          operationContext: 'created',
          callIntelligenceOptions: callIntelligenceOptions as never,
          transcriptionOptions: {
            transportUrl: `${server.url}/words`,
            transportType: 'websocket',
            locale: 'en-US',
            ...transcription,
          } as never,
        },
      );
      await stage.advance(200);
      return callConnection;
    },
    async transcribing(call) {
      const connection = await transcriptionStage.called(call);
      await connection.getCallMedia().startTranscription({ locale: 'en-CA', operationContext: 'start' });
      await stage.advance(0);
      stage.app.arrivals.length = 0;
      return connection;
    },
    async say(call, words) {
      const { callConnectionId } = await call.getCallConnectionProperties();
      await stage.emulator.control.post(`calls/${callConnectionId}/participants/${ANNA}/say`, words);
    },
    async clear() {
      await stage.clear();
      server.clear();
    },
    async close() {
      await Promise.all([stage.close(), server.close()]);
    },
  };
  return transcriptionStage;
}

/** The call's transcription subscription. */
export async function subscriptionOf(call: CallConnection) {
  return (await call.getCallConnectionProperties()).transcriptionSubscription;
}
