/** Transcription: what starts, changes and ends it, and the words it sends. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA } from '../stage.ts';
import { setTranscriptionStage, subscriptionOf, type TranscriptionStage } from './transcription-stage.ts';

let stage: TranscriptionStage;
beforeAll(async () => {
  stage = await setTranscriptionStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

test('the first frame says whose words follow, and in which language', async () => {
  const call = await stage.transcribing({ transcription: { speechModelEndpointId: 'model' } });
  await stage.server.received('TranscriptionMetadata', 1);

  const { callConnectionId, correlationId, transcriptionSubscription } = await call.getCallConnectionProperties();
  expect(stage.server.payloads('TranscriptionMetadata')).toEqual([
    {
      subscriptionId: transcriptionSubscription?.id,
      locale: 'en-CA',
      callConnectionId,
      correlationId,
      speechRecognitionModelEndpointId: 'model',
    },
  ]);
});

test('speech is sent word by word as it is said, then as a whole', async () => {
  const call = await stage.transcribing({ transcription: { enableIntermediateResults: true } });
  await stage.advance(1000);
  await stage.say(call, { text: 'Yes, please.', confidence: 0.7 });
  await stage.advance(4 * 70);
  await stage.server.received('TranscriptionData', 1);
  expect(stage.server.payloads('TranscriptionData')).toMatchObject([{ text: 'Yes,', resultStatus: 'Intermediate' }]);
  await stage.advance(8 * 70);
  await stage.server.received('TranscriptionData', 2);

  expect(stage.server.clients[0]?.frames.at(-1)?.parsed).toEqual({
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

test('without intermediate results a phrase is sent once; that of who is on hold is not sent', async () => {
  const call = await stage.transcribing();
  await stage.say(call, { text: 'one two three' });
  await stage.advance(2000);
  await call.getCallMedia().hold({ phoneNumber: ANNA });
  await stage.advance(20);
  await stage.say(call, { text: 'not this' });
  await stage.advance(2000);
  await stage.server.received('TranscriptionData', 1);

  expect(stage.server.payloads('TranscriptionData')).toMatchObject([{ text: 'one two three', resultStatus: 'Final' }]);
});

test('words that are still being said when the stream stops are not sent', async () => {
  const call = await stage.transcribing();
  await stage.say(call, { text: 'one two three' });
  await stage.advance(100);
  await call.getCallMedia().stopTranscription();
  await stage.advance(2000);
  expect(await stage.server.clients[0]?.closed).toBe(1000);

  expect(stage.server.payloads('TranscriptionData')).toEqual([]);
});

test('start, update and stop move the subscription and are reported by events', async () => {
  const call = await stage.called({ transcription: { enableIntermediateResults: true } });
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
  const reported = (operationContext: string, status: string, details: string) => ({
    operationContext,
    resultInformation: { code: 200, subCode: 0 },
    transcriptionUpdate: {
      transcriptionStatus: `transcription${status}`,
      transcriptionStatusDetails: details,
    },
  });
  expect(stage.app.arrivals.map(({ event }) => event.data)).toMatchObject([
    reported('start', 'Started', 'subscriptionStarted'),
    // Recorded: the update's own context is not reported.
    reported('start', 'Updated', 'transcriptionLocaleUpdated'),
    reported('stop', 'Stopped', 'subscriptionStopped'),
  ]);
  expect(await stage.server.clients[0]?.closed).toBe(1000);
});

test('it starts with the call when the options say so', async () => {
  await stage.called({ transcription: { startTranscription: true } });

  expect(stage.app.of('TranscriptionStarted')[0]?.event.data).toMatchObject({ operationContext: 'created' });
});

test('it cannot start with the call without a cognitive service', async () => {
  await stage.called({ transcription: { startTranscription: true }, cognitiveServicesEndpoint: undefined });

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
  stage.server.refuseWith = status;
  const call = await stage.called(
    status === undefined ? { transcription: { transportUrl: 'wss://127.0.0.1:1/' } } : {},
  );
  await call.getCallMedia().startTranscription({ operationContext: 'start' });
  await stage.advance(0);

  expect(stage.app.of('TranscriptionFailed')[0]?.event.data).toMatchObject({
    operationContext: 'start',
    resultInformation: { code: 500, subCode: 8578 },
    transcriptionUpdate: { transcriptionStatusDetails: details },
  });
  expect(await subscriptionOf(call)).toMatchObject({ state: 'inactive' });
});

test('a connection that is lost is reported', async () => {
  await stage.transcribing();
  stage.server.clients[0]?.socket.close(1001);
  await expect
    .poll(async () => {
      await stage.advance(20);
      return stage.app.arrivals.map(({ event }) => event.data);
    })
    .toMatchObject([{ transcriptionUpdate: { transcriptionStatusDetails: 'streamConnectionInterrupted' } }]);
});
