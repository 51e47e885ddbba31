/** A script that touches everything by the wire alone: its requests are the same in every run, to the last byte. */

import type { Stage } from '../stage.ts';
import { ANNA, APP_NUMBER, BOB, USER } from '../stage.ts';

type Answer = Readonly<Record<string, string>>;

const CALLS = '/calling/callConnections';
const phone = (value: string) => ({ phoneNumber: { value } });
const options = (transportUrl: string) => ({ transportType: 'websocket', transportUrl });

/** Faults that a chance decides on, people with scripts, and a subscriber to every event. */
async function prepare({ emulator, app }: Stage): Promise<void> {
  const { control } = emulator;
  await control.put('event-grid/subscriptions/app', { endpoint: `${app.url}/grid` });
  // biome-ignore-start lint/suspicious/noThenProperty: the contract's word for what comes next.
  await control.put(`parties/${ANNA}`, {
    afterMs: 300,
    then: [{ waitMs: 500 }, { say: 'hello there' }, { onListening: { press: '12#' } }, { press: '7*' }],
  });
  await control.put(`parties/${BOB}`, { afterMs: 100, then: [{ waitMs: 4000 }, { hangUp: true }] });
  // biome-ignore-end lint/suspicious/noThenProperty: as above.
  await control.put(`parties/${USER}`, { onRing: 'decline' });
  const faults = [
    { match: 'ParticipantsUpdated', do: { duplicateEvent: true } },
    { match: 'CallConnected', do: { delayEventMs: 250 } },
    { match: 'PlayStarted', do: { dropEvent: true } },
    { match: 'AddParticipantFailed', do: { reorderEvents: true } },
    { match: 'play', do: { fail: { code: 500, subCode: 9999, message: 'by chance' } } },
    { match: 'createRoom', do: { status: 503, retryAfter: 1 } },
    { match: 'IncomingCall', do: { duplicateEvent: true } },
  ];
  for (const fault of faults) {
    await control.post('faults', { ...fault, probability: 0.5 });
  }
}

/** Runs the script; the WebSocket server takes what is streamed. */
export async function runScript(stage: Stage, socketUrl: string): Promise<void> {
  let requests = 0;
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await stage.send(method, path, body, { 'repeatability-request-id': `request-${requests++}` });
    return (response.headers.get('content-type')?.includes('json') ? await response.json() : {}) as Answer;
  };
  await prepare(stage);
  for (let round = 0; round < 3; round++) {
    await outbound(stage, ask, socketUrl);
    await inbound(stage, ask);
    await ask('POST', '/rooms', { participants: { [USER]: { role: 'presenter' } } });
    await ask('POST', '/identities', { createTokenWithScopes: ['voip'] });
  }
}

type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

async function outbound({ advance, callback }: Stage, ask: Ask, socketUrl: string): Promise<void> {
  const { callConnectionId } = await ask('POST', CALLS, {
    targets: [phone(ANNA), phone(BOB)],
    sourceCallerIdNumber: { value: APP_NUMBER },
    callbackUri: callback,
    operationContext: 'created',
    callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example/' },
    mediaStreamingOptions: {
      ...options(`${socketUrl}/audio`),
      audioChannelType: 'unmixed',
      enableDtmfTones: true,
      startMediaStreaming: true,
    },
    transcriptionOptions: { ...options(`${socketUrl}/words`), locale: 'en-US', enableIntermediateResults: true },
  });
  await advance(700);
  const call = `${CALLS}/${callConnectionId}`;
  const target = phone(ANNA);
  await ask('POST', `${call}:startTranscription`, { operationContext: 'words' });
  const { recordingId } = await ask('POST', '/calling/recordings', { callConnectionId });
  const texts = [{ kind: 'text', text: { text: 'Please press two keys.' } }];
  const steps: readonly [action: string, body: unknown, afterMs: number][] = [
    [':play', { playSources: texts, operationContext: 'played' }, 600],
    [':recognize', { recognizeInputType: 'dtmf', recognizeOptions: recognize(target) }, 3000],
    [':startContinuousDtmfRecognition', { targetParticipant: target }, 500],
    [':sendDtmfTones', { tones: ['one', 'pound'], targetParticipant: target }, 500],
    [':hold', { targetParticipant: target }, 300],
    [':unhold', { targetParticipant: target }, 300],
    ['/participants:add', { participantToAdd: { rawId: USER }, operationContext: 'added' }, 400],
    [':updateTranscription', { locale: 'de-DE' }, 100],
    [':stopMediaStreaming', { operationContext: 'enough' }, 100],
    [':stopTranscription', {}, 100],
    [':transferToParticipant', { targetParticipant: phone('+14255550133'), transferee: target }, 500],
  ];
  await ask('POST', `/calling/recordings/${recordingId}:pause`);
  await advance(100);
  await ask('POST', `/calling/recordings/${recordingId}:resume`);
  for (const [action, body, afterMs] of steps) {
    await ask('POST', `${call}${action}`, body);
    await advance(afterMs);
  }
  await ask('POST', `${call}:terminate`);
  await advance(30_000);
}

const recognize = (targetParticipant: object) => ({
  targetParticipant,
  interruptPrompt: true,
  initialSilenceTimeoutInSeconds: 5,
  dtmfOptions: { interToneTimeoutInSeconds: 2, maxTonesToCollect: 2, stopTones: ['pound'] },
});

/** A call that rings at the application, which answers it by the context that Event Grid brought. */
async function inbound({ emulator, app, advance, callback }: Stage, ask: Ask): Promise<void> {
  app.arrivals.length = 0;
  await emulator.control.post('incoming-calls', { from: ANNA, to: APP_NUMBER, displayName: 'Anna' });
  await advance(0);
  const [incoming] = app.of('IncomingCall');
  const { callConnectionId } = await ask('POST', `${CALLS}:answer`, {
    incomingCallContext: incoming?.event.data.incomingCallContext,
    callbackUri: callback,
  });
  await advance(2000);
  await ask('DELETE', `${CALLS}/${callConnectionId}`);
  await advance(2000);
}
