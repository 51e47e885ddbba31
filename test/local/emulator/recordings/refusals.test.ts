/** What the recording methods of the real SDK are refused, with the codes of the service. */

import type { CallRecording } from '@azure/communication-call-automation';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANNA, OURS, refusalOf, type Stage, setStage } from '../stage.ts';
import { record } from './recorder.ts';

let stage: Stage;
let recordings: CallRecording;
beforeAll(async () => {
  stage = await setStage();
  recordings = stage.client.getCallRecording();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const locate = (id: string, kind = 'serverCallLocator') => ({ callLocator: { id, kind } as never });
const running = () => stage.connected().then((call) => record(stage, call));
const refusals: [title: string, status: number, code: string, act: () => Promise<unknown>][] = [
  ['a server call that is unknown', 404, '8522', () => recordings.start(locate('nobody'))],
  ['a group that nobody is in', 404, '8522', () => recordings.start(locate('nobody', 'groupCallLocator'))],
  ['a connection that is unknown', 404, '8522', () => recordings.start({ callConnectionId: 'nobody' })],
  ['neither call nor connection', 400, '8523', () => recordings.start({})],
  [
    'a connection that nobody has answered',
    400,
    '8501',
    async () => {
      const invite = { targetParticipant: { phoneNumber: ANNA }, sourceCallIdNumber: { phoneNumber: OURS } };
      const { callConnectionProperties } = await stage.client.createCall(invite, stage.callback);
      await recordings.start({ callConnectionId: callConnectionProperties.callConnectionId ?? '' });
    },
  ],
  [
    'a server call that nobody has answered',
    400,
    '8501',
    async () => {
      const dialed = await stage.emulator.control.post('incoming-calls', { from: ANNA, to: OURS });
      await recordings.start(locate((dialed as { serverCallId: string }).serverCallId));
    },
  ],
  [
    'a call that is being recorded',
    400,
    '8553',
    async () => {
      const call = await stage.connected();
      await record(stage, call);
      await record(stage, call);
    },
  ],
  [
    'to pause a paused one',
    400,
    '8573',
    async () => {
      const id = await running();
      await recordings.pause(id);
      await recordings.pause(id);
    },
  ],
  ['to resume one that is not paused', 400, '8573', async () => recordings.resume(await running())],
  ...(['pause', 'resume', 'stop', 'getState'] as const).flatMap((method): typeof refusals => [
    [`to ${method} an unknown one`, 404, '8522', () => recordings[method]('nobody')],
    [
      `to ${method} a stopped one`,
      404,
      '8522',
      async () => {
        const id = await running();
        await recordings.stop(id);
        await recordings[method](id);
      },
    ],
  ]),
  ...(
    [
      ['audio', 'mixed', 'mp4'],
      ['audio', 'unmixed', 'mp3'],
      ['audioVideo', 'mixed', 'wav'],
      ['audioVideo', 'unmixed', undefined],
    ] as const
  ).map(([recordingContent, recordingChannel, recordingFormat]): (typeof refusals)[number] => [
    `${recordingContent}, ${recordingChannel} as ${recordingFormat}`,
    400,
    '8523',
    async () =>
      record(stage, await stage.connected(), {
        recordingContent,
        recordingChannel,
        ...(recordingFormat && { recordingFormat }),
      }),
  ]),
  [
    'a container that the emulator has no key for',
    400,
    '8523',
    async () =>
      record(stage, await stage.connected(), {
        recordingStorage: {
          recordingStorageKind: 'azureBlobStorage',
          recordingDestinationContainerUrl: 'https://x.blob.core.windows.net/c',
        },
      }),
  ],
];

test.for(refusals)('refused is %s', async ([, status, code, act]) => {
  expect(await refusalOf(act())).toMatchObject({ status, code });
});
