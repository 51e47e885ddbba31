/** Bodies that operations take, with no more than they need. `@name` is the id of something that is there. */

import { UnsecuredJWT } from 'jose';

const user = { rawId: '8:acs:resource_user' };
const phone = { rawId: '@rawId' };
const file = { kind: 'file', file: { uri: '@app/a.wav' } };
const callbackUri = '@app/callbacks';
/** A Teams user and an Entra application. */
const [oid, appid] = ['32c0a5db-05ec-78ea-51ab-3f06b329397e', '2c3e1e83-8fd7-4615-ad2b-b8c1229845ac'];
const entraToken = new UnsecuredJWT({ oid, appid, exp: Date.UTC(2100, 0) / 1000 }).encode();

/** By operation. */
export const minimalBodies: Readonly<Record<string, object>> = {
  createCall: { callbackUri, targets: [user] },
  answerCall: { callbackUri, incomingCallContext: '@context' },
  redirectCall: { incomingCallContext: '@context', target: user },
  rejectCall: { incomingCallContext: '@context' },
  connect: { callbackUri, callLocator: { serverCallId: '@server' } },
  transferToParticipant: { targetParticipant: user },
  addParticipant: { participantToAdd: user },
  removeParticipant: { participantToRemove: phone },
  mute: { targetParticipants: [user] },
  cancelAddParticipant: { invitationId: '@invitation' },
  moveParticipants: { fromCall: '@call', targetParticipants: [user] },
  startRecording: { callLocator: { serverCallId: '@server' } },
  play: { playSources: [file] },
  recognize: { recognizeInputType: 'dtmf', recognizeOptions: { targetParticipant: phone } },
  startContinuousDtmfRecognition: { targetParticipant: phone },
  stopContinuousDtmfRecognition: { targetParticipant: phone },
  sendDtmfTones: { tones: ['one'], targetParticipant: phone },
  hold: { targetParticipant: phone },
  unhold: { targetParticipant: phone },
  startMediaStreaming: {},
  stopMediaStreaming: {},
  startTranscription: {},
  stopTranscription: {},
  updateTranscription: { locale: 'en-US' },
  summarizeCall: {},
  createRoom: {},
  updateRoom: {},
  createIdentity: {},
  issueAccessToken: { scopes: ['voip'] },
  exchangeTeamsUserAccessToken: { token: entraToken, appId: appid, userId: oid },
};

/** Optional members that have members of their own: what each needs. */
export const minimalMembers: Readonly<Record<string, unknown>> = {
  callIntelligenceOptions: {},
  mediaStreamingOptions: { audioChannelType: 'mixed' },
  transcriptionOptions: { locale: 'en-US' },
  source: { id: '8:acs:resource_app' },
  sourceCallerIdNumber: { value: '+14255550100' },
  answeredBy: { id: '8:acs:resource_app' },
  piiRedactionOptions: {},
  summarizationOptions: {},
  customCallingContext: {},
  teamsAppSource: { appId: 'app' },
  transferee: phone,
  audioChannelParticipantOrdering: [user],
  channelAffinity: [{ channel: 0, participant: user }],
  externalStorage: { recordingStorageKind: 'azureCommunicationServices' },
  playTo: [phone],
  playOptions: {},
  playPrompt: file,
  playPrompts: [file],
  playSourceInfo: file,
  dtmfOptions: {},
  speechOptions: {},
  choices: [{ label: 'yes', phrases: ['yes'] }],
};

/** Members that exclude one another: a body has one of them, and null for the others. */
export const alternatives: readonly string[] = [
  'callLocator',
  'communicationUser',
  'phoneNumber',
  'microsoftTeamsUser',
  'microsoftTeamsApp',
  'teamsExtensionUser',
  'file',
  'text',
  'ssml',
];
