/** Each recording method of the real SDK: answers, events, refusals; long because each end has a test. */

import {
  type CallConnection,
  type CallRecording,
  parseCallAutomationEvent,
  type StartRecordingOptions,
} from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf, type Stage, setStage, USER } from '../stage.ts';
import { awaitFiles, record, stopped } from './recorder.ts';

let stage: Stage;
let recordings: CallRecording;
beforeAll(async () => {
  stage = await setStage();
  recordings = stage.client.getCallRecording();
});
beforeEach(() => stage.clear());
afterEach(() => {
  // Whatever was sent, the SDK's own parser must understand.
  for (const { kind, event } of stage.app.arrivals.filter(({ path }) => path !== '/files')) {
    expect(parseCallAutomationEvent(event as never)).toMatchObject({ kind });
  }
});
afterAll(() => stage.close());

const states = () => stage.app.of('RecordingStateChanged').map(({ event }) => event.data.state);
const stateCallback = () => ({ recordingStateCallbackEndpointUrl: `${stage.app.url}/recording-states` });

test('start answers inactive and tells inactive without a start, then active', async () => {
  const call = await stage.connected();
  const { callConnectionId = '', serverCallId = '' } = await call.getCallConnectionProperties();
  const answer = await recordings.start({ callConnectionId, ...stateCallback() });
  await stage.advance(0);

  const recordingId = answer.recordingId ?? '';
  expect(answer).toEqual({
    recordingId: expect.any(String),
    recordingState: 'inactive',
    recordingKind: 'azureCommunicationServices',
  });
  const id = JSON.parse(Buffer.from(recordingId, 'base64url').toString()) as Record<string, string>;
  expect(Object.keys(id)).toEqual(['PlatformEndpointId', 'ResourceSpecificId']);
  const source = `calling/recordings/${serverCallId}/${recordingId}/RecordingStateChanged`;
  const data = { recordingId, serverCallId, callConnectionId: id.PlatformEndpointId };
  expect(stage.app.arrivals.map(({ path, event }) => ({ path, ...event }))).toMatchObject([
    {
      path: '/recording-states',
      source,
      subject: source,
      data: { ...data, state: 'inactive', startDateTime: '0001-01-01T00:00:00+00:00' },
    },
    {
      path: '/recording-states',
      source,
      data: { ...data, state: 'active', startDateTime: expect.stringMatching(/^2026-01-01T.*\+00:00$/) },
    },
  ]);
});

test('pause, resume and stop tell what becomes of the state, and getState agrees', async () => {
  const recordingId = await record(stage, await stage.connected(), stateCallback());
  const seen = [(await recordings.getState(recordingId)).recordingState];
  await recordings.pause(recordingId);
  seen.push((await recordings.getState(recordingId)).recordingState);
  await recordings.resume(recordingId);
  seen.push((await recordings.getState(recordingId)).recordingState);
  await recordings.stop(recordingId);
  await stage.advance(0);

  expect(seen).toEqual(['active', 'inactive', 'active']);
  expect(states()).toEqual(['inactive', 'active', 'inactive', 'active', 'inactive']);
});

test('without a callback of its own a recording tells nothing', async () => {
  const recordingId = await record(stage, await stage.connected());
  await recordings.pause(recordingId);
  await recordings.stop(recordingId);
  await stage.advance(1000);

  expect(stage.app.arrivals).toEqual([]);
});

test('a recording that starts paused is inactive until it is resumed', async () => {
  const recordingId = await record(stage, await stage.connected(), { pauseOnStart: true, ...stateCallback() });
  await stage.advance(0);
  expect(states()).toEqual(['inactive']);
  expect(await recordings.getState(recordingId)).toMatchObject({ recordingState: 'inactive' });

  await recordings.resume(recordingId);
  await stage.advance(0);
  expect(states()).toEqual(['inactive', 'active']);
});

test('a recording that is never resumed has no file', async () => {
  await awaitFiles(stage);
  const recordingId = await record(stage, await stage.connected(), { pauseOnStart: true });
  await stage.advance(5000);
  await recordings.stop(recordingId);
  await stage.advance(60_000);

  expect(stage.app.kinds()).toEqual([]);
});

test.for([
  [
    'server call',
    async (call: CallConnection) => ({
      id: (await call.getCallConnectionProperties()).serverCallId ?? '',
      kind: 'serverCallLocator' as const,
    }),
  ],
  ['group', async () => ({ id: 'standup', kind: 'groupCallLocator' as const })],
  ['room', async () => ({ id: '99100', kind: 'roomCallLocator' as const })],
] as const)('a call is found by its %s', async ([, locator]) => {
  await stage.emulator.control.put('rooms/99100', {});
  for (const place of ['groups/standup', 'rooms/99100']) {
    await stage.emulator.control.post(`${place}/join`, { party: USER });
  }
  const callLocator = await locator(await stage.connected());

  const { recordingId = '' } = await recordings.start({ callLocator });
  expect(await recordings.getState(recordingId)).toMatchObject({ recordingState: 'active' });
});

test('a call that no application is in is kept while it is recorded', async () => {
  await stage.emulator.control.post('groups/standup/join', { party: USER });
  const { recordingId = '' } = await recordings.start({ callLocator: { id: 'standup', kind: 'groupCallLocator' } });
  await stage.advance(2 * 3600 * 1000);
  await stage.connected();

  expect(await recordings.getState(recordingId)).toMatchObject({ recordingState: 'active' });
  const again = recordings.start({ callLocator: { id: 'standup', kind: 'groupCallLocator' } });
  expect(await refusalOf(again)).toMatchObject({ code: '8553' });
});

test('the control API shows the last hundred recordings of a call', async () => {
  const call = await stage.connected();
  const { callConnectionId = '' } = await call.getCallConnectionProperties();
  const ids: string[] = [];
  for (let count = 0; count < 102; count++) {
    const { recordingId = '' } = await recordings.start({ callConnectionId });
    await recordings.stop(recordingId);
    ids.push(recordingId);
  }
  const shown = (await stage.emulator.control.get(`calls/${callConnectionId}`)) as { recordings: object[] };

  expect(shown.recordings).toMatchObject(ids.slice(2).map((recordingId) => ({ recordingId })));
});

test('the end of the call stops the recording', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  const recordingId = await record(stage, call, stateCallback());
  await stage.advance(3000);
  await call.hangUp(true);
  await stage.advance(1000);

  expect(states()).toEqual(['inactive', 'active', 'inactive']);
  expect(stage.app.of('RecordingFileStatusUpdated')[0]?.event.data).toMatchObject({
    recordingDurationMs: 3000,
    sessionEndReason: 'CallEnded',
  });
  expect(await refusalOf(recordings.getState(recordingId))).toMatchObject({ status: 404, code: '8522' });
});

test('a stopped recording tells where its file is', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  const { serverCallId, callConnectionId } = await call.getCallConnectionProperties();
  const recordingId = await record(stage, call, { recordingFormat: 'wav' });
  await stage.advance(2500);
  const status = await stopped(stage, recordingId);

  const documentId = expect.stringMatching(/^0-eus-d1-[0-9a-f]{32}$/);
  expect(status).toEqual({
    recordingStorageInfo: {
      recordingChunks: [
        {
          documentId,
          index: 0,
          endReason: 'SessionEnded',
          contentLocation: expect.stringMatching(
            /^https:\/\/us-api\.asm\.skype\.com\/v1\/objects\/[^/]+\/content\/audio$/,
          ),
          metadataLocation: expect.stringMatching(/\/content\/acsmetadata$/),
          deleteLocation: expect.stringMatching(/\/v1\/objects\/[^/]+$/),
        },
      ],
    },
    recordingStartTime: '2026-01-01T00:00:00.200Z',
    recordingDurationMs: 2500,
    recordingContentType: 'Audio',
    recordingChannelType: 'Mixed',
    recordingFormatType: 'Wav',
    sessionEndReason: 'InitiatorLeft',
  });
  const [arrival] = stage.app.of('RecordingFileStatusUpdated');
  expect(arrival?.event.subject).toMatch(`/serverCallId/${serverCallId}/recordingId/${recordingId}`);
  expect(await stage.emulator.control.get(`calls/${callConnectionId}`)).toMatchObject({
    recordings: [{ recordingId, state: 'inactive', hasEnded: true, content: 'audio', format: 'wav' }],
  });
});

test('a start that a fault lets fail is taken with 202 and tells StartRecordingFailed', async () => {
  const call = await stage.connected();
  const { callConnectionId = '' } = await call.getCallConnectionProperties();
  const failure = { code: 500, subCode: 8571, message: 'no' };
  await stage.emulator.control.post('faults', { match: 'startRecording', do: { fail: failure }, times: 1 });
  const statuses: number[] = [];
  const onResponse = (response: { status: number }) => statuses.push(response.status);
  const { recordingId = '' } = await recordings.start({
    callConnectionId,
    ...stateCallback(),
    onResponse,
  } as StartRecordingOptions);
  await stage.advance(0);

  expect(statuses).toEqual([202]);
  expect(stage.app.arrivals).toMatchObject([
    { kind: 'StartRecordingFailed', event: { data: { recordingId, resultInformation: failure } } },
  ]);
  expect(await refusalOf(recordings.getState(recordingId))).toMatchObject({ status: 404 });
});

test('a fault holds the answer back until the state was told', async () => {
  const call = await stage.connected();
  await stage.emulator.control.post('faults', { match: 'startRecording', do: { eventBeforeResponse: true } });
  const logged = async () =>
    ((await stage.emulator.control.get('log')) as { entries: { kind: string; operation?: string }[] }).entries
      .filter(({ kind, operation }) => kind === 'delivery' || operation === 'startRecording')
      .map(({ kind }) => kind);
  const starting = record(stage, call, stateCallback());
  await expect.poll(logged).toContain('fault');
  await stage.advance(0);
  await starting;

  const [, first, ...others] = (await logged()).slice(-4);
  expect(first).toBe('delivery');
  expect(others.toSorted()).toEqual(['delivery', 'response']);
});

test('enums are read in any case, channels from 0 to 4, and what is left out fits what is not', async () => {
  const { callConnectionId } = await (await stage.connected()).getCallConnectionProperties();
  const start = (more: object) =>
    stage.send('POST', '/calling/recordings?api-version=2026-03-12', { callConnectionId, ...more });
  const affinity = (...channels: number[]) => ({
    channelAffinity: channels.map((channel) => ({ channel, participant: { rawId: `8:acs:${channel}` } })),
  });
  expect((await start(affinity(5))).status).toBe(400);
  expect((await start(affinity(1, 1))).status).toBe(400);

  const response = await start({ recordingChannelType: 'UNMIXED', recordingFormatType: 'Wav', ...affinity(0, 4) });
  expect(response.status).toBe(200);
  expect(response.headers.get('repeatability-result')).toBe('accepted');
  expect(await stage.emulator.control.get(`calls/${callConnectionId}`)).toMatchObject({
    recordings: [{ content: 'audio', channel: 'unmixed', format: 'wav' }],
  });
});
