/** What an application plays is in the recordings of the call: where it sounded, as long as it sounded. */

import { expect, test } from 'vitest';
import { onMediaStage, recognize } from '../media-stage.ts';
import { ANNA, USER, who } from '../stage.ts';
import { awaitFiles, fetched, record, stopped } from './recorder.ts';
import { isSilent, read, strength } from './samples.ts';

const stage = onMediaStage();
const wav = { recordingContent: 'audio', recordingFormat: 'wav' } as const;

/** The tones of the participant who came first, and of the application after them. */
const [anna, prompts] = [400, 500];

/** The samples and the metadata of what was recorded. */
async function heard(recordingId: string) {
  const { recordingStorageInfo } = await stopped(stage, recordingId);
  const [{ contentLocation, metadataLocation }] = recordingStorageInfo.recordingChunks;
  const { channels } = await read(stage.client, contentLocation);
  return { channels, metadata: JSON.parse((await fetched(stage.client, metadataLocation)).toString()) };
}

/** Which of the tones sound between two times. */
const tones = (samples: Float64Array, fromMs: number, untilMs: number) =>
  [anna, prompts].filter((hz) => strength(samples, hz, fromMs, untilMs) > 0.5);

test('a play to all is heard beside those who speak, from its start to its end', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  const recordingId = await record(stage, call, wav);
  await stage.advance(300);
  await call.getCallMedia().playToAll([stage.file('200.wav'), stage.file('100.wav')]);
  await stage.advance(800);
  const { channels } = await heard(recordingId);

  const [samples = new Float64Array()] = channels;
  expect(channels).toHaveLength(1);
  expect(tones(samples, 0, 300)).toEqual([anna]);
  expect(tones(samples, 300, 600)).toEqual([anna, prompts]);
  expect(tones(samples, 600, 1100)).toEqual([anna]);
});

test('a play to one participant is heard, and that participant is not meanwhile', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  const recordingId = await record(stage, call, wav);
  await call.getCallMedia().play([stage.file('200.wav')], [who(ANNA)]);
  await stage.advance(400);
  const [samples = new Float64Array()] = (await heard(recordingId)).channels;

  expect(tones(samples, 0, 200)).toEqual([prompts]);
  expect(tones(samples, 200, 400)).toEqual([anna]);
});

test('a loop is heard until it is canceled, the prompt of a recognize until a key interrupts it', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  const media = call.getCallMedia();
  const { callConnectionId } = await call.getCallConnectionProperties();
  const recordingId = await record(stage, call, wav);
  await media.playToAll([stage.file('100.wav')], { loop: true });
  await stage.advance(500);
  await media.cancelAllOperations();
  await stage.advance(100);
  await recognize(call, 'dtmf', { maxTonesToCollect: 1, playPrompt: stage.file('1000.wav'), interruptPrompt: true });
  await stage.advance(400);
  await stage.emulator.control.post(`calls/${callConnectionId}/participants/4:${ANNA}/press`, { tones: '1' });
  await stage.advance(300);
  const [samples = new Float64Array()] = (await heard(recordingId)).channels;

  expect(tones(samples, 0, 500)).toEqual([anna, prompts]);
  expect(tones(samples, 500, 600)).toEqual([anna]);
  expect(tones(samples, 600, 1000)).toEqual([anna, prompts]);
  expect(tones(samples, 1000, 1300)).toEqual([anna]);
});

test('what sounds when a recording starts is heard, and is silent while it is paused', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  await call.getCallMedia().playToAll([stage.file('600.wav')]);
  await stage.advance(100);
  const recordingId = await record(stage, call, wav);
  await stage.advance(200);
  await stage.client.getCallRecording().pause(recordingId);
  await stage.advance(100);
  await stage.client.getCallRecording().resume(recordingId);
  await stage.advance(300);
  const [samples = new Float64Array()] = (await heard(recordingId)).channels;

  expect(tones(samples, 0, 200)).toEqual([anna, prompts]);
  expect(isSilent(samples, 200, 300)).toBe(true);
  expect(tones(samples, 300, 500)).toEqual([anna, prompts]);
  expect(tones(samples, 500, 600)).toEqual([anna]);
});

test('music for a participant on hold is not heard, nor a file that cannot be played', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  await stage.joined(call, USER);
  const recordingId = await record(stage, call, wav);
  await call.getCallMedia().hold(who(USER), { playSource: stage.file('100.wav') });
  await call.getCallMedia().playToAll([stage.file('missing.wav')]);
  await stage.advance(300);
  const { metadata } = await heard(recordingId);

  expect(metadata.participants.map(({ participantId }: { participantId: string }) => participantId)).toEqual([
    `4:${ANNA}`,
    USER,
  ]);
});

test('an unmixed recording has prompts on a channel of their own, which its metadata names', async () => {
  await awaitFiles(stage);
  const call = await stage.connected();
  const recordingId = await record(stage, call, { ...wav, recordingChannel: 'unmixed' });
  await call.getCallMedia().playToAll([stage.file('200.wav')]);
  await stage.advance(200);
  const { channels, metadata } = await heard(recordingId);

  expect(channels.map((samples) => tones(samples, 0, 200))).toEqual([[anna], [prompts]]);
  expect(metadata.participants).toEqual([
    { participantId: `4:${ANNA}`, channel: 0 },
    { participantId: expect.stringMatching(/^28:acs:/), channel: 1 },
  ]);
});
