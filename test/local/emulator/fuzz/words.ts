/** Strings that mean something to the emulator, by the name of the property that holds them. */

import fc from 'fast-check';

/** `@name` stands for an id of something that is there; see `Live`. */
const URLS = [
  '@app/callbacks',
  '@app/x?y=1#z',
  'http://127.0.0.1:1/',
  'ws://127.0.0.1:1/',
  'https://[::1]:1/a b',
  '//x',
];
const PEOPLE = ['4:+14255550111', '+14255550111', '+14255550122', '8:acs:x_1', '8:orgid:x', '28:acs:y', '8:', '+1'];
const TONES = ['one', 'pound', 'asterisk', '1#', '*', 'A'];

const BY_NAME: Record<string, readonly string[]> = {
  kind: ['phoneNumber', 'communicationUser', 'file', 'roomCallLocator', 'ROOMCALLLOCATOR', 'unknown'],
  transportType: ['websocket', 'WebSocket'],
  audioChannelType: ['mixed', 'Unmixed'],
  audioFormat: ['pcm16KMono', 'Pcm24KMono'],
  contentType: ['audio'],
  locale: ['en-US', 'de-DE', 'zh-Hans-CN', 'es-419', 'en'],
  transportUrl: ['ws://127.0.0.1:1/', '@app/socket', 'wss://[::1]:1/x', 'ws://x/#y'],
  callbackUri: URLS,
  operationCallbackUri: URLS,
  recordingStateCallbackUri: URLS,
  endpoint: URLS,
  uri: ['@app/not-there.wav', 'http://127.0.0.1:1/x.wav', 'nowhere'],
  rawId: PEOPLE,
  id: PEOPLE,
  party: PEOPLE,
  from: PEOPLE,
  to: PEOPLE,
  numbers: PEOPLE,
  value: ['+14255550111', '+14255550100', '+14255550122', '+14255550133', '+1425555012345678'],
  tones: [...TONES, '1#', '12A'],
  tone: TONES,
  stopTones: TONES,
  incomingCallContext: ['@context', 'eyJ'],
  fromCall: ['@call', 'x'],
  callConnectionId: ['@call', 'x'],
  serverCallId: ['@server', 'aHR0cHM6'],
  roomId: ['@room', '1'],
  groupCallId: ['g1', 'g2'],
  invitationId: ['@invitation', 'x'],
  recognizeInputType: ['dtmf', 'speech', 'SpeechOrDtmf', 'choices'],
  recordingContentType: ['audio', 'audioVideo'],
  recordingChannelType: ['mixed', 'unmixed'],
  recordingFormatType: ['wav', 'mp3', 'mp4'],
  recordingStorageKind: ['azureCommunicationServices', 'azureBlobStorage'],
  recordingDestinationContainerUrl: ['http://127.0.0.1:1/container?sas=x', 'x'],
  callRejectReason: ['none', 'busy', 'forbidden'],
  ssmlText: ['<speak><voice name="en-US-JennyNeural">hello<break time="1s"/></voice></speak>', '<speak', '<speak/>'],
  text: ['hello there', 'yes'],
  scopes: ['voip', 'chat'],
  createTokenWithScopes: ['voip', 'chat'],
  role: ['Attendee', 'presenter'],
  match: ['createCall', 'play', 'CallConnected', 'IncomingCall', 'downloadRecording'],
  validFrom: ['2026-01-01T00:00:00Z', '2026-13-01'],
  validUntil: ['2027-01-01T00:00:00+01:00', '2020-01-01T00:00:00Z'],
};

/** Mostly a word that fits the name, else any text. */
export function words(name: string): fc.Arbitrary<string> {
  const fitting = BY_NAME[name];
  const any = fc.string({ unit: 'binary', maxLength: 20 });
  return fitting === undefined ? any : fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...fitting) }, any);
}
