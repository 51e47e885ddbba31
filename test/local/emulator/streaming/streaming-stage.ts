/** A stage for media streaming: emulator, app, the app's WebSocket server, and calls that stream to it. */

import type { CallConnection } from '@azure/communication-call-automation';
import type { EmulatorOptions } from '../../../../local/emulator/index.ts';
import { ANNA, APP_NUMBER, type Stage, setStage } from '../stage.ts';
import { type StreamServer, startStreamServer } from './stream-server.ts';

export interface StreamingStage extends Stage {
  readonly server: StreamServer;
  /** A call to Anna with media streaming options, not answered yet. */
  call(options?: object): Promise<CallConnection>;
  /** The same, answered; what has arrived until then is cleared. */
  called(options?: object): Promise<CallConnection>;
  /** The same, with a stream that was started. */
  streaming(options?: object): Promise<CallConnection>;
  /** What the control API says of the first stream of the first call. */
  traffic(): Promise<Record<string, unknown>>;
}

export async function setStreamingStage(options: EmulatorOptions = {}): Promise<StreamingStage> {
  const [stage, server] = await Promise.all([setStage(options), startStreamServer()]);
  const streamingStage: StreamingStage = {
    ...stage,
    server,
    async call(more = {}) {
      const { callConnection } = await stage.client.createCall(
        { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: APP_NUMBER } },
        stage.callback,
        {
          operationContext: 'created',
          mediaStreamingOptions: {
            transportUrl: `${server.url}/media?call=1`,
            transportType: 'websocket',
            contentType: 'audio',
            audioChannelType: 'mixed',
            ...more,
          },
        },
      );
      return callConnection;
    },
    async called(more) {
      const call = await streamingStage.call(more);
      await stage.advance(200);
      stage.app.arrivals.length = 0;
      return call;
    },
    async streaming(more) {
      const call = await streamingStage.called(more);
      await call.getCallMedia().startMediaStreaming({ operationContext: 'start' });
      await stage.advance(0);
      return call;
    },
    async traffic() {
      const { calls } = (await stage.emulator.control.get('calls')) as { calls: { streams: object[] }[] };
      return { ...calls[0]?.streams[0] };
    },
    async clear() {
      await stage.clear();
      server.clear();
    },
    async close() {
      await Promise.all([stage.close(), server.close()]);
    },
  };
  return streamingStage;
}

/** The state of the call's media streaming subscription. */
export async function stateOf(call: CallConnection): Promise<string | undefined> {
  return (await call.getCallConnectionProperties()).mediaStreamingSubscription?.state;
}
