/** The life of a recording: states, events and its end, by the methods of the real SDK. */

import type { CallRecording } from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf, type Stage, setStage } from '../stage.ts';
import { awaitFiles, expectUnderstood, record, stateCallback, stopped } from './recorder.ts';

let stage: Stage;
let recordings: CallRecording;
beforeAll(async () => {
  stage = await setStage();
  recordings = stage.client.getCallRecording();
});
beforeEach(() => stage.clear());
afterEach(() => expectUnderstood(stage));
afterAll(() => stage.close());

const states = () => stage.app.of('RecordingStateChanged').map(({ event }) => event.data.state);

test('start answers inactive and reports inactive without a start, then active', async () => {
  const call = await stage.connected();
  const { callConnectionId = '', serverCallId = '' } = await call.getCallConnectionProperties();
  const answer = await recordings.start({ callConnectionId, ...stateCallback(stage) });
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

test('pause, resume and stop report the new state, and getState agrees', async () => {
  const recordingId = await record(stage, await stage.connected(), stateCallback(stage));
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

test('without a callback of its own a recording reports nothing', async () => {
  const recordingId = await record(stage, await stage.connected());
  await recordings.pause(recordingId);
  await recordings.stop(recordingId);
  await stage.advance(1000);

  expect(stage.app.arrivals).toEqual([]);
});

test('a recording that starts paused is inactive until it is resumed', async () => {
  const recordingId = await record(stage, await stage.connected(), { pauseOnStart: true, ...stateCallback(stage) });
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

test('the end of the call stops the recording', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  const recordingId = await record(stage, call, stateCallback(stage));
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

test('a stopped recording reports the address of its file', async () => {
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
