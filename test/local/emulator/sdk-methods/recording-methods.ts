/** CallRecording: recording a call. */

import { APP_NUMBER } from '../stage.ts';
import { connectionId, paused, recording, reportsStates, stopped } from './recorded.ts';
import { callNotFound, type Expected, invalidArgument, phone, type Row } from './row.ts';

const state = (name: 'active' | 'inactive'): Expected => ['RecordingStateChanged', { state: name }];
const notAllowed = { statusCode: 400, code: '8573' };

const start: readonly Row[] = [
  {
    method: 'CallRecording.start',
    title: 'records a call, which is inactive and then active',
    call: async (scene) =>
      scene.recording.start({ callConnectionId: await connectionId(scene), ...reportsStates(scene) }),
    answer: { recordingState: 'inactive', recordingKind: 'azureCommunicationServices' },
    events: [state('inactive'), state('active')],
  },
  {
    method: 'CallRecording.start',
    title: 'finds the call by its server call id, and reports nothing without an address',
    async call({ recording, connection }) {
      const { serverCallId = '' } = await connection.getCallConnectionProperties();
      return recording.start({ callLocator: { id: serverCallId, kind: 'serverCallLocator' } });
    },
    answer: { recordingState: 'inactive' },
  },
  {
    method: 'CallRecording.start',
    title: 'can begin with a pause',
    call: async (scene) =>
      scene.recording.start({
        callConnectionId: await connectionId(scene),
        ...reportsStates(scene),
        pauseOnStart: true,
      }),
    events: [state('inactive')],
  },
  {
    method: 'CallRecording.start',
    title: 'is refused for a call that is being recorded',
    given: recording,
    call: async (scene) => scene.recording.start({ callConnectionId: await connectionId(scene) }),
    refused: { statusCode: 400, code: '8553' },
  },
  ...(
    [
      ['an unknown server call', { callLocator: { id: 'missing', kind: 'serverCallLocator' } }],
      ['an empty group', { callLocator: { id: 'missing', kind: 'groupCallLocator' } }],
      ['an empty room', { callLocator: { id: 'missing', kind: 'roomCallLocator' } }],
      ['an unknown connection', { callConnectionId: 'missing' }],
    ] as const
  ).map(
    ([what, options]): Row => ({
      method: 'CallRecording.start',
      title: `is refused for ${what}`,
      call: ({ recording }) => recording.start(options),
      refused: callNotFound,
    }),
  ),
  {
    method: 'CallRecording.start',
    title: 'is refused for an unanswered connection',
    async call({ recording, client, stage }) {
      const target = { targetParticipant: phone('+14255550144'), sourceCallIdNumber: phone(APP_NUMBER) };
      const { callConnectionProperties } = await client.createCall(target, stage.callback);
      return recording.start({ callConnectionId: callConnectionProperties.callConnectionId ?? '' });
    },
    refused: { statusCode: 400, code: '8501' },
  },
  {
    method: 'CallRecording.start',
    title: 'is refused for an unanswered server call',
    async call({ recording, stage }) {
      const body = { from: '+14255550144', to: APP_NUMBER };
      const { serverCallId } = (await stage.emulator.control.post('incoming-calls', body)) as { serverCallId: string };
      return recording.start({ callLocator: { id: serverCallId, kind: 'serverCallLocator' } });
    },
    refused: { statusCode: 400, code: '8501' },
  },
  {
    method: 'CallRecording.start',
    title: 'is refused without a call',
    call: ({ recording }) => recording.start({}),
    refused: invalidArgument,
  },
  ...(
    [
      { recordingContent: 'audio', recordingChannel: 'mixed', recordingFormat: 'mp4' },
      { recordingContent: 'audio', recordingChannel: 'unmixed', recordingFormat: 'mp3' },
      { recordingContent: 'audioVideo', recordingChannel: 'mixed', recordingFormat: 'wav' },
      { recordingContent: 'audioVideo', recordingChannel: 'unmixed' },
    ] as const
  ).map(
    (options): Row => ({
      method: 'CallRecording.start',
      title: `is refused as ${Object.values(options).join(', ')}`,
      call: async (scene) => scene.recording.start({ callConnectionId: await connectionId(scene), ...options }),
      refused: invalidArgument,
    }),
  ),
];

const running: readonly Row[] = [
  {
    method: 'CallRecording.getState',
    title: 'reports that a recording is active',
    given: recording,
    call: (scene, id) => scene.recording.getState(id),
    answer: { recordingState: 'active', recordingKind: 'azureCommunicationServices' },
  },
  {
    method: 'CallRecording.getState',
    title: 'reports that a paused recording is inactive',
    given: paused,
    call: (scene, id) => scene.recording.getState(id),
    answer: { recordingState: 'inactive' },
  },
  {
    method: 'CallRecording.pause',
    title: 'makes a recording inactive',
    given: recording,
    call: (scene, id) => scene.recording.pause(id),
    events: [state('inactive')],
  },
  {
    method: 'CallRecording.pause',
    title: 'is refused for a paused recording',
    given: paused,
    call: (scene, id) => scene.recording.pause(id),
    refused: notAllowed,
  },
  {
    method: 'CallRecording.resume',
    title: 'makes a recording active again',
    given: paused,
    call: (scene, id) => scene.recording.resume(id),
    events: [state('active')],
  },
  {
    method: 'CallRecording.resume',
    title: 'is refused for a recording that is not paused',
    given: recording,
    call: (scene, id) => scene.recording.resume(id),
    refused: notAllowed,
  },
  {
    method: 'CallRecording.stop',
    title: 'ends a recording, and its file follows',
    async given(scene) {
      const id = await recording(scene);
      await scene.stage.advance(500);
      return id;
    },
    call: (scene, id) => scene.recording.stop(id),
    afterMs: 1000,
    events: [state('inactive')],
    grid: [['RecordingFileStatusUpdated', { recordingDurationMs: 500, sessionEndReason: 'InitiatorLeft' }]],
  },
  ...(['getState', 'pause', 'resume', 'stop'] as const).flatMap((name): Row[] => [
    {
      method: `CallRecording.${name}`,
      title: 'is refused for an unknown recording',
      call: (scene) => scene.recording[name]('missing'),
      refused: callNotFound,
    },
    {
      method: `CallRecording.${name}`,
      title: 'is refused for a recording that has ended',
      given: stopped,
      call: (scene, id) => scene.recording[name](id),
      refused: callNotFound,
    },
  ]),
];

export const recordingMethods: readonly Row[] = [...start, ...running];
