/** play: how long sources sound, in which order, and what cannot be played. */

import { expect, test } from 'vitest';
import { wave } from '../audio-server.ts';
import { onMediaStage, ssml, text, under } from '../media-stage.ts';
import { refusalOf } from '../stage.ts';

const stage = onMediaStage();

const SUCCESS = { code: 200, subCode: 0, message: 'Action completed successfully.' };
const CANCELED = { code: 400, subCode: 8508, message: 'Action failed, the operation was canceled.' };
const speak = (inner: string) =>
  `<speak version="1.0" xml:lang="en-US"><voice name="en-US-JennyNeural">${inner}</voice></speak>`;

test('a file plays for as long as it sounds', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file('1500.wav')], under('mine'));
  await stage.advance(1499);
  expect(stage.app.kinds()).toEqual(['PlayStarted']);
  await stage.advance(1);

  expect(stage.app.kinds()).toEqual(['PlayStarted', 'PlayCompleted']);
  for (const { event } of stage.app.arrivals) {
    expect(event.data).toMatchObject({ operationContext: 'mine', resultInformation: SUCCESS });
  }
});

test('several sources play one after the other, and are fetched when their turn comes', async () => {
  const media = (await stage.speaking()).getCallMedia();
  await media.playToAll([stage.file('1000.wav'), text('hello'), stage.file('500.wav')], under('mine'));
  await stage.advance(1000);
  expect(stage.audio.asked).toEqual(['1000.wav']);
  await stage.advance(5 * 70 + 499);
  expect(stage.app.kinds()).toEqual(['PlayStarted']);
  await stage.advance(1);

  expect(stage.app.kinds()).toEqual(['PlayStarted', 'PlayCompleted']);
});

test('a text is spoken at a fixed rate, and SSML with its breaks', async () => {
  const media = (await stage.speaking()).getCallMedia();
  await media.playToAll([text('ten  chars')], under('text'));
  await media.playToAll([ssml(speak('ten chars<break time="1.5s"/><break strength="weak"/>'))], under('ssml'));
  await stage.advance(9 * 70);
  expect(stage.reported()).toEqual([
    ['PlayStarted', 0, 'text'],
    ['PlayCompleted', 0, 'text'],
    ['PlayStarted', 0, 'ssml'],
  ]);
  await stage.advance(9 * 70 + 1999);
  expect(stage.app.of('PlayCompleted')).toHaveLength(1);
  await stage.advance(1);

  expect(stage.app.of('PlayCompleted')).toHaveLength(2);
});

test('a loop goes on until it is canceled', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file('100.wav')], { ...under('mine'), loop: true });
  await stage.advance(3_600_000);
  expect(stage.app.kinds()).toEqual(['PlayStarted']);
  await media.cancelAllOperations();
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['PlayStarted', 'PlayCanceled']);
  expect(stage.only('PlayCanceled')).toMatchObject({ operationContext: 'mine', resultInformation: CANCELED });
});

test('a file with a cache id is fetched once an hour, one without each time', async () => {
  const media = (await stage.connected()).getCallMedia();
  const play = async (cacheId?: string) => {
    await media.playToAll([stage.file('10.wav', cacheId)]);
    await stage.advance(10);
  };
  await play('jingle');
  await play('jingle');
  expect(stage.audio.asked).toHaveLength(1);
  await play();
  expect(stage.audio.asked).toHaveLength(2);
  await stage.advance(3_600_000);
  await play('jingle');

  expect(stage.audio.asked).toHaveLength(3);
  expect(stage.app.of('PlayCompleted')).toHaveLength(4);
});

test.for([
  ['is not there', 'missing.wav', undefined, 400, 8536, 'Action failed, file could not be downloaded.'],
  ['is no audio', 'page.wav', '<html></html>', 400, 8535, 'Action failed, file format is invalid.'],
  ['is empty', 'empty.wav', '', 400, 8535, 'Action failed, file format is invalid.'],
  ['is stereo', 'a.wav', wave(100, { channels: 2 }), 400, 8535, 'Action failed, file format is invalid.'],
  ['has 8 bits', 'a.wav', wave(100, { bits: '8' }), 400, 8535, 'Action failed, file format is invalid.'],
  ['has 8 kHz', 'a.wav', wave(100, { samplesPerSecond: 8000 }), 400, 8535, 'Action failed, file format is invalid.'],
  ['makes no sound', 'a.wav', wave(0), 400, 8535, 'Action failed, file format is invalid.'],
] as const)('a file that %s fails the play', async ([, path, content, code, subCode, message]) => {
  if (content !== undefined) {
    stage.audio.put(path, content);
  }
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file(path)], under('mine'));
  await stage.advance(0);

  expect(stage.app.kinds()).toEqual(['PlayFailed']);
  expect(stage.only('PlayFailed')).toMatchObject({
    operationContext: 'mine',
    failedPlaySourceIndex: 0,
    resultInformation: { code, subCode, message },
  });
});

test('a server that does not answer fails the play, and the log says why', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([{ kind: 'fileSource', url: 'http://127.0.0.1:1/a.wav' }]);
  await stage.advance(0);

  expect(stage.only('PlayFailed')).toMatchObject({ resultInformation: { code: 400, subCode: 8536 } });
  const { entries } = (await stage.emulator.control.get('log')) as { entries: { kind: string }[] };
  expect(entries.find(({ kind }) => kind === 'download')).toMatchObject({ url: 'http://127.0.0.1:1/a.wav' });
});

test('a bad second source fails after the first has played', async () => {
  const media = (await stage.connected()).getCallMedia();
  await media.playToAll([stage.file('700.wav'), stage.file('missing.wav')]);
  await stage.advance(699);
  expect(stage.app.kinds()).toEqual(['PlayStarted']);
  await stage.advance(1);

  expect(stage.app.kinds()).toEqual(['PlayStarted', 'PlayFailed']);
  expect(stage.only('PlayFailed')).toMatchObject({ failedPlaySourceIndex: 1, resultInformation: { subCode: 8536 } });
});

test.for([
  ['an empty text', 8582, text(' ')],
  ['a text in a voice that does not exist', 8565, { ...text('hello'), voiceName: 'en-US-UnknownNeural' }],
  [
    'a text in a model of HD that the voice does not have',
    8565,
    { ...text('hello'), voiceName: 'de-DE-Katja:DragonHDLatestNeural' },
  ],
  ['a text in a locale that does not exist', 8565, { kind: 'textSource', text: 'hello', sourceLocale: 'xx-YY' }],
  ['empty SSML', 8582, ssml(' ')],
  ['SSML without words', 8582, ssml(speak(''))],
  ['text that is no SSML', 8565, ssml('hello')],
  ['SSML with an element that does not end', 8565, ssml(speak('hello <break>'))],
  ['SSML with elements that overlap', 8565, ssml(speak('<p><s>hello</p></s>'))],
  ['SSML with an ampersand of its own', 8565, ssml(speak('you & me'))],
  ['SSML in another element than speak', 8565, ssml('<voice name="en-US-JennyNeural">hello</voice>')],
  ['SSML without a voice', 8565, ssml('<speak version="1.0" xml:lang="en-US">hello</speak>')],
  ['SSML with a voice without a name', 8565, ssml('<speak><voice>hello</voice></speak>')],
  ['SSML with a voice that does not exist', 8565, ssml(speak('hello').replace('Jenny', 'Unknown'))],
  ['SSML with a locale that does not exist', 8565, ssml(speak('hello').replace('"en-US"', '"xx-YY"'))],
  ['SSML with a part in a locale that does not exist', 8565, ssml(speak('<lang xml:lang="xx">hello</lang>'))],
] as const)('%s fails with %i', async ([, subCode, source]) => {
  const media = (await stage.speaking()).getCallMedia();
  await media.playToAll([source]);
  await stage.advance(10_000);

  expect(stage.only('PlayFailed')).toMatchObject({ resultInformation: { code: 400, subCode } });
});

test.for([
  ['a voice in HD', ssml(speak('hello').replace('JennyNeural', 'Ava:DragonHDLatestNeural'))],
  ["a voice of OpenAI's in HD", ssml(speak('hello').replace('JennyNeural', 'NovaMultilingualNeuralHD'))],
  ['the namespaces of the service', ssml(speak('<mstts:express-as style="cheerful">hello</mstts:express-as>'))],
  ['an XML declaration and comments', ssml(`<?xml version="1.0"?>\n<!-- a -->${speak('hello<!-- b -->')}`)],
  ['a language without a region', ssml(speak('hello').replace('"en-US"', '"en"'))],
  ['a custom voice', { ...text('hello'), voiceName: 'ContosoNeural', customVoiceEndpointId: 'endpoint' }],
] as const)('%s is spoken', async ([, source]) => {
  const media = (await stage.speaking()).getCallMedia();
  await media.playToAll([source]);
  await stage.advance(10_000);

  expect(stage.app.kinds()).toEqual(['PlayStarted', 'PlayCompleted']);
});

test('a voice that is newer than the emulator is declared, and the log says which one is not known', async () => {
  const media = (await stage.speaking()).getCallMedia();
  const source = { ...text('hello'), voiceName: 'en-US-NewNeural' };
  await media.playToAll([source]);
  await stage.advance(0);
  const { entries } = (await stage.emulator.control.get('log')) as { entries: { kind: string; note?: string }[] };
  expect(entries.filter(({ kind }) => kind === 'speech').map(({ note }) => note)).toEqual([
    'the voice "en-US-NewNeural" is not known',
  ]);
  await stage.emulator.control.put('voices', { voices: ['en-us-newneural'] });
  await media.playToAll([source]);
  await stage.advance(1000);

  expect(stage.app.kinds()).toEqual(['PlayFailed', 'PlayStarted', 'PlayCompleted']);
});

test.for([
  ['text', text('hello')],
  ['SSML', ssml(speak('hello'))],
] as const)('%s without a speech service is 405/8522', async ([, source]) => {
  const media = (await stage.connected()).getCallMedia();

  expect(await refusalOf(media.playToAll([source]))).toMatchObject({ status: 405, code: '8522' });
});
