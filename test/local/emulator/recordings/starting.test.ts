/** Starting a recording: how its call is found, how long it stands, what is refused, what faults do. */

import type { CallConnection, CallRecording, StartRecordingOptions } from '@azure/communication-call-automation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf, type Stage, setStage, USER } from '../stage.ts';
import { expectUnderstood, record, stateCallback } from './recorder.ts';

let stage: Stage;
let recordings: CallRecording;
beforeAll(async () => {
  stage = await setStage();
  recordings = stage.client.getCallRecording();
});
beforeEach(() => stage.clear());
afterEach(() => expectUnderstood(stage));
afterAll(() => stage.close());

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

test('a start that a fault lets fail is taken with 202 and reports StartRecordingFailed', async () => {
  const call = await stage.connected();
  const { callConnectionId = '' } = await call.getCallConnectionProperties();
  const failure = { code: 500, subCode: 8571, message: 'no' };
  await stage.emulator.control.post('faults', { match: 'startRecording', do: { fail: failure }, times: 1 });
  const statuses: number[] = [];
  const onResponse = (response: { status: number }) => statuses.push(response.status);
  const { recordingId = '' } = await recordings.start({
    callConnectionId,
    ...stateCallback(stage),
    onResponse,
  } as StartRecordingOptions);
  await stage.advance(0);

  expect(statuses).toEqual([202]);
  expect(stage.app.arrivals).toMatchObject([
    { kind: 'StartRecordingFailed', event: { data: { recordingId, resultInformation: failure } } },
  ]);
  expect(await refusalOf(recordings.getState(recordingId))).toMatchObject({ status: 404 });
});

test('a fault holds the answer back until the state was reported', async () => {
  const call = await stage.connected();
  await stage.emulator.control.post('faults', { match: 'startRecording', do: { eventBeforeResponse: true } });
  const logged = async () =>
    ((await stage.emulator.control.get('log')) as { entries: { kind: string; operation?: string }[] }).entries
      .filter(({ kind, operation }) => kind === 'delivery' || operation === 'startRecording')
      .map(({ kind }) => kind);
  const starting = record(stage, call, stateCallback(stage));
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
