/** CallMedia: what is played, and the end of it all. */

import type { TextSource } from '@azure/communication-call-automation';
import { ANNA, BOB, USER } from '../stage.ts';
import {
  callNotFound,
  type Expected,
  invalidArgument,
  OK,
  phone,
  type Row,
  type Scene,
  speaking,
  user,
} from './row.ts';

const text: TextSource = { kind: 'textSource', text: 'Hello', voiceName: 'en-US-JennyNeural' };
/** How long the emulator takes to say it. */
const textMs = 350;

const started: Expected = ['PlayStarted', { operationContext: 'mine', resultInformation: OK }];
const completed: Expected = ['PlayCompleted', { operationContext: 'mine', resultInformation: OK }];
const failed = (code: number, subCode: number): Expected => [
  'PlayFailed',
  { operationContext: 'mine', resultInformation: { code, subCode } },
];
const onHold = (...participants: boolean[]): Expected => [
  'ParticipantsUpdated',
  { participants: participants.map((isOnHold) => ({ isOnHold })) },
];

/** Something that plays until it is canceled. */
const music = (scene: Scene) => [scene.file('100.wav')];
const looped = { operationContext: 'playing', loop: true };
const noSpeechService = { statusCode: 405, code: '8522' };
const incompatible = { statusCode: 412, code: '8583' };

async function playingToAll(scene: Scene): Promise<string> {
  await scene.media.playToAll(music(scene), looped);
  await scene.stage.advance(0);
  return 'playing';
}

async function playingToAnna(scene: Scene): Promise<string> {
  await scene.media.play(music(scene), [phone(ANNA)], looped);
  await scene.stage.advance(0);
  return 'playing';
}

const play: readonly Row[] = [
  {
    method: 'CallMedia.play',
    title: 'plays a file to one participant, who is apart from the others meanwhile',
    also: [USER],
    call: ({ media, file, options }) => media.play([file('100.wav')], [user(USER)], options),
    afterMs: 100,
    events: [onHold(false, true), started, completed, onHold(false, false)],
  },
  {
    method: 'CallMedia.play',
    title: 'fails with 8558 for an absent participant',
    call: ({ media, file, options }) => media.play([file('100.wav')], [phone(BOB)], options),
    events: [failed(400, 8558)],
  },
  {
    method: 'CallMedia.play',
    title: 'is refused while something plays to the same participant',
    given: playingToAnna,
    call: ({ media, file, options }) => media.play([file('100.wav')], [phone(ANNA)], options),
    refused: incompatible,
  },
  {
    method: 'CallMedia.playToAll',
    title: 'plays a text and a file, one after the other',
    leg: speaking,
    call: ({ media, file, options }) => media.playToAll([text, file('100.wav')], options),
    afterMs: textMs + 100,
    events: [started, completed],
  },
  {
    method: 'CallMedia.playToAll',
    title: 'cancels what plays when it interrupts',
    given: playingToAll,
    call: ({ media, file, options }) =>
      media.playToAll([file('100.wav')], { ...options, interruptCallMediaOperation: true }),
    afterMs: 100,
    events: [
      ['PlayCanceled', { operationContext: 'playing', resultInformation: { code: 400, subCode: 8508 } }],
      started,
      completed,
    ],
  },
  ...(['play', 'playToAll'] as const).flatMap((name): Row[] => {
    const call = ({ media, options }: Scene, source: Parameters<typeof media.play>[0][number]) =>
      name === 'play' ? media.play([source], [phone(ANNA)], options) : media.playToAll([source], options);
    return [
      {
        method: `CallMedia.${name}`,
        title: 'fails with 8536 when the file is not there',
        call: (scene) => call(scene, scene.file('missing.wav')),
        events: [failed(400, 8536)],
      },
      {
        method: `CallMedia.${name}`,
        title: 'fails with 8535 when the file is no audio',
        call(scene) {
          scene.audio.put('page.wav', '<html></html>');
          return call(scene, scene.file('page.wav'));
        },
        events: [failed(400, 8535)],
      },
      {
        method: `CallMedia.${name}`,
        title: 'is refused for a text without a speech service',
        call: (scene) => call(scene, text),
        refused: noSpeechService,
      },
    ];
  }),
  {
    method: 'CallMedia.playToAll',
    title: 'fails with 8582 for a text without words',
    leg: speaking,
    call: ({ media, options }) => media.playToAll([{ ...text, text: ' ' }], options),
    events: [failed(400, 8582)],
  },
  {
    method: 'CallMedia.playToAll',
    title: 'fails with 8565 for SSML that the speech service cannot read',
    leg: speaking,
    call: ({ media, options }) => media.playToAll([{ kind: 'ssmlSource', ssmlText: 'Hello' }], options),
    events: [failed(400, 8565)],
  },
  {
    method: 'CallMedia.playToAll',
    title: 'fails with 8572 when the call ends',
    call: (scene) => scene.media.playToAll(music(scene), { ...scene.options, loop: true }),
    meanwhile: ({ connection }) => connection.hangUp(true),
    events: [started, failed(500, 8572), ['CallDisconnected']],
  },
  {
    method: 'CallMedia.playToAll',
    title: 'is refused without a source',
    call: ({ media, options }) => media.playToAll([], options),
    refused: invalidArgument,
  },
  {
    method: 'CallMedia.cancelAllOperations',
    title: 'cancels what plays and who is listened to',
    async given(scene) {
      const kind = 'callMediaRecognizeDtmfOptions' as const;
      await playingToAll(scene);
      await scene.media.startRecognizing(phone(ANNA), { kind, operationContext: 'waiting' });
      return '';
    },
    call: ({ media }) => media.cancelAllOperations(),
    events: [
      ['PlayCanceled', { operationContext: 'playing', resultInformation: { code: 400, subCode: 8508 } }],
      ['RecognizeCanceled', { operationContext: 'waiting', resultInformation: { code: 400, subCode: 8508 } }],
    ],
  },
];

/** Holding is playing, too: music to one who hears no one else. */
const hold: readonly Row[] = [
  {
    method: 'CallMedia.hold',
    title: 'puts a participant on hold',
    call: ({ media, options }) => media.hold(phone(ANNA), options),
    events: [onHold(true)],
  },
  {
    method: 'CallMedia.hold',
    title: 'plays music meanwhile',
    call: ({ media, file, options }) => media.hold(phone(ANNA), { ...options, playSource: file('100.wav') }),
    afterMs: 1000,
    events: [onHold(true)],
  },
  {
    method: 'CallMedia.hold',
    title: 'fails with 8536 when the music is not there, and the hold is over',
    call: ({ media, file, options }) => media.hold(phone(ANNA), { ...options, playSource: file('missing.wav') }),
    events: [
      onHold(true),
      ['HoldFailed', { operationContext: 'mine', resultInformation: { code: 400, subCode: 8536 } }],
      onHold(false),
    ],
  },
  {
    method: 'CallMedia.hold',
    title: 'fails with 8558 for an absent participant',
    call: ({ media, options }) => media.hold(phone(BOB), options),
    events: [['HoldFailed', { operationContext: 'mine', resultInformation: { subCode: 8558 } }]],
  },
  {
    method: 'CallMedia.hold',
    title: 'is refused for a text without a speech service',
    call: ({ media, options }) => media.hold(phone(ANNA), { ...options, playSource: text }),
    refused: noSpeechService,
  },
  {
    method: 'CallMedia.unhold',
    title: 'brings the participant back',
    async given({ media, stage }) {
      await media.hold(phone(ANNA));
      await stage.advance(0);
      return '';
    },
    call: ({ media, options }) => media.unhold(phone(ANNA), options),
    events: [onHold(false)],
  },
  {
    method: 'CallMedia.unhold',
    title: 'is refused for an absent participant',
    call: ({ media, options }) => media.unhold(phone(BOB), options),
    refused: callNotFound,
  },
];

export const playMethods: readonly Row[] = [...play, ...hold];
