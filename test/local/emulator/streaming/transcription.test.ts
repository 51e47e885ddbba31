/** Transcription: what starts, changes and ends it, and the codes with which it is refused or fails. */

import type { CallConnection } from '@azure/communication-call-automation';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, OURS, refusalOf, type Stage, setStage } from '../stage.ts';
import { type StreamServer, startStreamServer } from './stream-server.ts';

let stage: Stage;
let server: StreamServer;
beforeAll(async () => {
  [stage, server] = await Promise.all([setStage(), startStreamServer()]);
});
beforeEach(async () => {
  await stage.clear();
  server.forget();
});
afterAll(async () => {
  await Promise.all([stage.close(), server.close()]);
});

interface Call {
  readonly transcription?: object;
  readonly cognitiveServicesEndpoint?: string | undefined;
}

/** A call to Anna with transcription options, answered; what has arrived until then is forgotten. */
async function called({ transcription = {}, ...more }: Call = {}): Promise<CallConnection> {
  const callIntelligenceOptions = { cognitiveServicesEndpoint: 'https://speech.example/', ...more };
  const { callConnection } = await stage.client.createCall(
    { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: OURS } },
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
}

async function transcribing(call: Call = {}): Promise<CallConnection> {
  const connection = await called(call);
  await connection.getCallMedia().startTranscription({ locale: 'en-CA', operationContext: 'start' });
  await stage.advance(0);
  stage.app.arrivals.length = 0;
  return connection;
}

async function say(call: CallConnection, words: object): Promise<void> {
  const { callConnectionId } = await call.getCallConnectionProperties();
  await stage.emulator.control.post(`calls/${callConnectionId}/participants/${ANNA}/say`, words);
}

const subscriptionOf = async (call: CallConnection) =>
  (await call.getCallConnectionProperties()).transcriptionSubscription;

test('the first frame says whose words follow, and in which language', async () => {
  const call = await transcribing({ transcription: { speechModelEndpointId: 'model' } });
  await server.received('TranscriptionMetadata', 1);

  const { callConnectionId, correlationId, transcriptionSubscription } = await call.getCallConnectionProperties();
  expect(server.payloads('TranscriptionMetadata')).toEqual([
    {
      subscriptionId: transcriptionSubscription?.id,
      locale: 'en-CA',
      callConnectionId,
      correlationId,
      speechRecognitionModelEndpointId: 'model',
    },
  ]);
});

test('what somebody says is told word by word as it is said, then as a whole', async () => {
  const call = await transcribing({ transcription: { enableIntermediateResults: true } });
  await stage.advance(1000);
  await say(call, { text: 'Yes, please.', confidence: 0.7 });
  await stage.advance(4 * 70);
  await server.received('TranscriptionData', 1);
  expect(server.payloads('TranscriptionData')).toMatchObject([{ text: 'Yes,', resultStatus: 'Intermediate' }]);
  await stage.advance(8 * 70);
  await server.received('TranscriptionData', 2);

  expect(server.clients[0]?.frames.at(-1)?.parsed).toEqual({
    text: 'Yes, please.',
    format: 'display',
    confidence: 0.7,
    offsetInTicks: 10_000_000,
    durationInTicks: 8_400_000,
    words: [
      { text: 'yes', offsetInTicks: 10_000_000, durationInTicks: 2_800_000 },
      { text: 'please', offsetInTicks: 13_500_000, durationInTicks: 4_900_000 },
    ],
    participant: expect.objectContaining({ kind: 'phoneNumber', phoneNumber: ANNA }),
    resultState: 'Final',
  });
});

test('without intermediate results a phrase is told once; who is on hold is not told', async () => {
  const call = await transcribing();
  await say(call, { text: 'one two three' });
  await stage.advance(2000);
  await call.getCallMedia().hold({ phoneNumber: ANNA });
  await stage.advance(20);
  await say(call, { text: 'not this' });
  await stage.advance(2000);
  await server.received('TranscriptionData', 1);

  expect(server.payloads('TranscriptionData')).toMatchObject([{ text: 'one two three', resultStatus: 'Final' }]);
});

test('words that are still being said when the stream stops are not told', async () => {
  const call = await transcribing();
  await say(call, { text: 'one two three' });
  await stage.advance(100);
  await call.getCallMedia().stopTranscription();
  await stage.advance(2000);
  expect(await server.clients[0]?.closed).toBe(1000);

  expect(server.payloads('TranscriptionData')).toEqual([]);
});

test('start, update and stop move the subscription and are told in events', async () => {
  const call = await called({ transcription: { enableIntermediateResults: true } });
  const media = call.getCallMedia();
  stage.app.arrivals.length = 0;
  const seen = [await subscriptionOf(call)];
  const steps = [
    () => media.startTranscription({ locale: 'en-CA', operationContext: 'start' }),
    () => media.updateTranscription('fr-FR', { operationContext: 'update' }),
    () => media.stopTranscription({ operationContext: 'stop' }),
  ];
  for (const step of steps) {
    await step();
    await stage.advance(0);
    seen.push(await subscriptionOf(call));
  }

  expect(seen.map((each) => [each?.state, each?.locale])).toEqual([
    ['inactive', 'en-US'],
    ['active', 'en-CA'],
    ['active', 'fr-FR'],
    ['inactive', 'fr-FR'],
  ]);
  expect(seen[0]).toMatchObject({ subscribedResultStates: ['final', 'intermediate'] });
  const told = (operationContext: string, status: string, details: string) => ({
    operationContext,
    resultInformation: { code: 200, subCode: 0 },
    transcriptionUpdate: {
      transcriptionStatus: `transcription${status}`,
      transcriptionStatusDetails: details,
    },
  });
  expect(stage.app.arrivals.map(({ event }) => event.data)).toMatchObject([
    told('start', 'Started', 'subscriptionStarted'),
    // Recorded: the update's own context is not told.
    told('start', 'Updated', 'transcriptionLocaleUpdated'),
    told('stop', 'Stopped', 'subscriptionStopped'),
  ]);
  expect(await server.clients[0]?.closed).toBe(1000);
});

test('it starts with the call when the options say so', async () => {
  await called({ transcription: { startTranscription: true } });

  expect(stage.app.of('TranscriptionStarted')[0]?.event.data).toMatchObject({ operationContext: 'created' });
});

test('it cannot start with the call without a cognitive service', async () => {
  await called({ transcription: { startTranscription: true }, cognitiveServicesEndpoint: undefined });

  expect(stage.app.of('TranscriptionFailed')[0]?.event.data).toMatchObject({
    resultInformation: { code: 405, subCode: 8522 },
    transcriptionUpdate: {
      transcriptionStatus: 'transcriptionFailed',
      transcriptionStatusDetails: 'speechServicesConnectionError',
    },
  });
});

test.for([
  [503, 'streamConnectionUnsuccessful'],
  [undefined, 'initialWebSocketConnectionFailed'],
] as const)('a server that answers %s fails the start with 8578', async ([status, details]) => {
  server.refuseWith = status;
  const call = await called(status === undefined ? { transcription: { transportUrl: 'wss://127.0.0.1:1/' } } : {});
  await call.getCallMedia().startTranscription({ operationContext: 'start' });
  await stage.advance(0);

  expect(stage.app.of('TranscriptionFailed')[0]?.event.data).toMatchObject({
    operationContext: 'start',
    resultInformation: { code: 500, subCode: 8578 },
    transcriptionUpdate: { transcriptionStatusDetails: details },
  });
  expect(await subscriptionOf(call)).toMatchObject({ state: 'inactive' });
});

test('a connection that is lost is told', async () => {
  await transcribing();
  server.clients[0]?.socket.close(1001);
  await expect
    .poll(async () => {
      await stage.advance(20);
      return stage.app.arrivals.map(({ event }) => event.data);
    })
    .toMatchObject([{ transcriptionUpdate: { transcriptionStatusDetails: 'streamConnectionInterrupted' } }]);
});

test('what is not in order is refused with the documented codes', async () => {
  const plain = await stage.connected();
  const mute = await called({ cognitiveServicesEndpoint: undefined });
  const idle = await called();
  const running = await transcribing();
  const { serverCallId } = await running.getCallConnectionProperties();
  const { callConnection: joined } = await stage.client.connectCall(
    { kind: 'serverCallLocator', id: serverCallId ?? '' },
    stage.callback,
  );
  await stage.advance(0);
  const refused = [
    [plain.getCallMedia().startTranscription(), 405, '8522'],
    [mute.getCallMedia().startTranscription(), 405, '8522'],
    [idle.getCallMedia().startTranscription({ locale: 'en' }), 400, '8523'],
    [idle.getCallMedia().stopTranscription(), 400, '8585'],
    [idle.getCallMedia().updateTranscription('fr-FR'), 400, '8585'],
    [idle.getCallMedia().updateTranscription('french'), 400, '8523'],
    [idle.getCallMedia().updateTranscription(undefined as never), 400, '8523'],
    [running.getCallMedia().startTranscription(), 400, '8585'],
    [joined.getCallMedia().updateTranscription('fr-FR'), 405, '8520'],
  ] as const;

  for (const [call, status, code] of refused) {
    expect(await refusalOf(call)).toMatchObject({ status, code });
  }
});

test('faults fail each of its operations, and a failed update changes nothing', async () => {
  const fail = { code: 400, subCode: 8605, message: 'Custom speech recognition model is not supported.' };
  const call = await transcribing();
  for (const match of ['updateTranscription', 'stopTranscription']) {
    await stage.emulator.control.post('faults', { match, do: { fail } });
  }
  await call.getCallMedia().updateTranscription('fr-FR', { operationContext: 'update' });
  await call.getCallMedia().stopTranscription({ operationContext: 'stop' });
  await stage.advance(0);

  expect(stage.app.arrivals.map(({ kind, event }) => [kind, event.data])).toMatchObject([
    ['TranscriptionFailed', { operationContext: 'update', resultInformation: fail }],
    ['TranscriptionFailed', { operationContext: 'stop', resultInformation: fail }],
  ]);
  expect(await subscriptionOf(call)).toMatchObject({ state: 'active', locale: 'en-CA' });
});

test.for([['en'], ['english'], ['en-'], [`en-${'US-'.repeat(40)}`]])(
  'locale %s is refused by name',
  async ([locale]) => {
    expect(await refusalOf(called({ transcription: { locale } }))).toMatchObject({
      status: 400,
      message: expect.stringContaining('transcriptionOptions.locale'),
    });
  },
);

test.for([['en-US'], ['zh-Hans-CN'], ['es-419'], ['en-US-NancyNeural'], ['DE-de']])(
  'locale %s is taken',
  async ([locale]) => {
    const call = await called({ transcription: { locale } });

    expect(await subscriptionOf(call)).toMatchObject({ locale });
  },
);
