/** What the API's description has for transcriptions since 2025-08-15-preview, beside 2026-03-12. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { USER } from '../stage.ts';
import { setTranscriptionStage, subscriptionOf, type TranscriptionStage } from './transcription-stage.ts';

let stage: TranscriptionStage;
beforeAll(async () => {
  stage = await setTranscriptionStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const members = {
  piiRedactionOptions: { enable: true, redactionType: 'maskWithCharacter' },
  enableSentimentAnalysis: true,
  summarizationOptions: { enableEndCallSummary: true, locale: 'en-US' },
};

/** Sends an action of a call as the preview has it; resolves with the status. */
async function act(id: string, action: string, body: object, apiVersion = '2025-08-15-preview'): Promise<number> {
  const target = `/calling/callConnections/${id}:${action}?api-version=${apiVersion}`;
  return (await stage.send('POST', target, body)).status;
}

async function idOf(call: Awaited<ReturnType<TranscriptionStage['called']>>): Promise<string> {
  return (await call.getCallConnectionProperties()).callConnectionId ?? '';
}

test.for(['2025-08-15-preview', '2026-03-12'])(
  '%s: summarize is accepted while a transcription runs',
  async (version) => {
    const running = await idOf(await stage.transcribing());
    const summarizationOptions = { locale: 'en-US' };
    expect(await act(running, 'summarize', { summarizationOptions, operationContext: 'mine' }, version)).toBe(202);
    expect(await act(running, 'summarize', {}, version)).toBe(202);
    expect(await act(running, 'summarize', { summarizationOptions: { locale: 'english' } }, version)).toBe(400);

    const idle = await idOf(await stage.called());
    expect(await act(idle, 'summarize', {}, version)).toBe(400);
    expect(await act(await idOf(await stage.connected()), 'summarize', {}, version)).toBe(405);
  },
);

test('a transcription takes the members of the preview, and transcribes the first of several locales', async () => {
  // The SDK drops members that it does not know.
  const response = await stage.send('POST', '/calling/callConnections?api-version=2025-08-15-preview', {
    targets: [{ rawId: USER }],
    callbackUri: stage.callback,
    callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example/' },
    transcriptionOptions: { ...members, locales: ['fr-FR', 'de-DE'], transportUrl: `${stage.server.url}/words` },
  });
  const { callConnectionId: id } = (await response.json()) as { callConnectionId: string };
  await stage.advance(200);
  const call = stage.client.getCallConnection(id);
  expect(await subscriptionOf(call)).toMatchObject({ locale: 'fr-FR' });
  expect(await act(id, 'startTranscription', { ...members, locales: ['de-DE', 'fr-FR'] })).toBe(202);
  await stage.advance(0);
  expect(await subscriptionOf(call)).toMatchObject({ state: 'active', locale: 'de-DE' });
});

test('an update needs no locale where it updates something else', async () => {
  const call = await stage.transcribing();
  const id = await idOf(call);
  expect(await act(id, 'updateTranscription', { enableSentimentAnalysis: true })).toBe(202);
  expect(await act(id, 'updateTranscription', {})).toBe(400);
  await stage.advance(0);

  expect(await subscriptionOf(call)).toMatchObject({ locale: 'en-CA' });
});

test.for([
  [{ piiRedactionOptions: { redactionType: 'remove' } }],
  [{ enableSentimentAnalysis: 'yes' }],
  [{ summarizationOptions: { enableEndCallSummary: 1 } }],
  [{ locales: [] }],
] as const)('%o is refused', async ([body]) => {
  expect(await act(await idOf(await stage.called()), 'startTranscription', body)).toBe(400);
});
