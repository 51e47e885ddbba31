/** CallMedia: the call's sound and words, streamed to a socket of the application. */

import type { CreateCallOptions } from '@azure/communication-call-automation';
import { type Expected, OK, type Row, type Scene, speaking, type World } from './row.ts';

const streaming = (transportUrl: string): CreateCallOptions => ({
  mediaStreamingOptions: { transportType: 'websocket', audioChannelType: 'mixed', contentType: 'audio', transportUrl },
});
const transcribing = (transportUrl: string): CreateCallOptions => ({
  ...speaking(),
  transcriptionOptions: { transportType: 'websocket', locale: 'en-US', transportUrl },
});

/** Nothing listens there. */
const closed = 'ws://127.0.0.1:1/';
const notConfigured = { statusCode: 405, code: '8522' };
const outOfPlace = { statusCode: 400, code: '8585' };
const okWithin = { operationContext: 'mine', resultInformation: OK };

/** The two kinds of streams, which are steered alike. */
const kinds = [
  {
    name: 'MediaStreaming',
    leg: streaming,
    start: ({ media, options }: Scene) => media.startMediaStreaming(options),
    stop: ({ media, options }: Scene) => media.stopMediaStreaming(options),
    update: (status: string, details: string) => ({
      mediaStreamingUpdate: {
        contentType: 'Audio',
        mediaStreamingStatus: `mediaStreaming${status}`,
        mediaStreamingStatusDetails: details,
      },
    }),
    unreachable: { code: 400, subCode: 8581 },
  },
  {
    name: 'Transcription',
    leg: transcribing,
    start: ({ media, options }: Scene) => media.startTranscription({ ...options, locale: 'de-DE' }),
    stop: ({ media, options }: Scene) => media.stopTranscription(options),
    update: (status: string, details: string) => ({
      transcriptionUpdate: { transcriptionStatus: `transcription${status}`, transcriptionStatusDetails: details },
    }),
    unreachable: { code: 500, subCode: 8578 },
  },
] as const;

const steer = kinds.flatMap(({ name, leg, start, stop, update, unreachable }): Row[] => {
  const onSocket = ({ socket }: World) => leg(socket);
  const started: Expected = [`${name}Started`, { ...okWithin, ...update('Started', 'subscriptionStarted') }];
  const running = async (scene: Scene) => {
    await start(scene);
    await scene.stage.advance(0);
    return '';
  };
  const unspecified = (method: 'start' | 'stop', operation: string): Row => ({
    method: `CallMedia.${method}${name}`,
    title: 'fails when ACS says so after it took the request',
    leg: onSocket,
    async given(scene) {
      const fail = { code: 500, subCode: 8605, message: 'Action failed.' };
      const id = method === 'stop' ? await running(scene) : '';
      await scene.stage.emulator.control.post('faults', { match: operation, do: { fail } });
      return id;
    },
    call: method === 'start' ? start : stop,
    events: [[`${name}Failed`, { operationContext: 'mine', resultInformation: { subCode: 8605 } }]],
  });
  return [
    { method: `CallMedia.start${name}`, title: 'opens the socket', leg: onSocket, call: start, events: [started] },
    {
      method: `CallMedia.start${name}`,
      title: 'fails when nothing listens at the socket',
      leg: () => leg(closed),
      call: start,
      events: [
        [
          `${name}Failed`,
          {
            operationContext: 'mine',
            resultInformation: unreachable,
            ...update('Failed', 'initialWebSocketConnectionFailed'),
          },
        ],
      ],
    },
    unspecified('start', `start${name}`),
    {
      method: `CallMedia.start${name}`,
      title: 'is refused while it streams',
      leg: onSocket,
      given: running,
      call: start,
      refused: outOfPlace,
    },
    {
      method: `CallMedia.stop${name}`,
      title: 'closes the socket',
      leg: onSocket,
      given: running,
      call: stop,
      events: [[`${name}Stopped`, { ...okWithin, ...update('Stopped', 'subscriptionStopped') }]],
    },
    unspecified('stop', `stop${name}`),
    {
      method: `CallMedia.stop${name}`,
      title: 'is refused while nothing streams',
      leg: onSocket,
      call: stop,
      refused: outOfPlace,
    },
    ...(['start', 'stop'] as const).map(
      (method): Row => ({
        method: `CallMedia.${method}${name}`,
        title: 'is refused when the call was made without a socket',
        call: method === 'start' ? start : stop,
        refused: notConfigured,
      }),
    ),
  ];
});

const update: readonly Row[] = [
  {
    method: 'CallMedia.updateTranscription',
    title: 'changes the language',
    leg: ({ socket }) => transcribing(socket),
    async given({ media, stage, options }) {
      await media.startTranscription(options);
      await stage.advance(0);
      return '';
    },
    call: ({ media, options }) => media.updateTranscription('fr-FR', options),
    events: [
      [
        'TranscriptionUpdated',
        {
          ...okWithin,
          transcriptionUpdate: {
            transcriptionStatus: 'transcriptionUpdated',
            transcriptionStatusDetails: 'transcriptionLocaleUpdated',
          },
        },
      ],
    ],
  },
  {
    method: 'CallMedia.updateTranscription',
    title: 'is refused while nothing is transcribed',
    leg: ({ socket }) => transcribing(socket),
    call: ({ media, options }) => media.updateTranscription('fr-FR', options),
    refused: outOfPlace,
  },
  {
    method: 'CallMedia.updateTranscription',
    title: 'is refused for a call that the application connected to',
    async given({ connection, client, stage, socket }) {
      const { serverCallId: id = '' } = await connection.getCallConnectionProperties();
      const locator = { kind: 'serverCallLocator' as const, id };
      const { callConnectionProperties } = await client.connectCall(locator, stage.callback, transcribing(socket));
      await stage.advance(0);
      return callConnectionProperties.callConnectionId ?? '';
    },
    call: ({ client, options }, id) =>
      client.getCallConnection(id).getCallMedia().updateTranscription('fr-FR', options),
    refused: { statusCode: 405, code: '8520' },
  },
  {
    method: 'CallMedia.startTranscription',
    title: 'is refused without a speech service',
    leg: ({ socket }) => ({ ...transcribing(socket), callIntelligenceOptions: {} }),
    call: ({ media, options }) => media.startTranscription(options),
    refused: notConfigured,
  },
];

export const streamMethods: readonly Row[] = [...steer, ...update];
