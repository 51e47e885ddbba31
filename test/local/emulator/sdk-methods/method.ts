/** The SDK's methods that go over the network: by type, so that a new one does not compile, and by reflection, so that it fails. */

import type {
  CallAutomationClient,
  CallConnection,
  CallMedia,
  CallRecording,
} from '@azure/communication-call-automation';
import * as sdk from '@azure/communication-call-automation';

type Networked<Name extends string, Client> = {
  [Key in keyof Client & string]: Client[Key] extends (...parameters: never[]) => Promise<unknown>
    ? `${Name}.${Key}`
    : never;
}[keyof Client & string];

export type Method =
  | Networked<'CallAutomationClient', CallAutomationClient>
  | Networked<'CallConnection', CallConnection>
  | Networked<'CallMedia', CallMedia>
  | Networked<'CallRecording', CallRecording>;

/** The REST operations that a method may ask for, as faults and the log name them. */
export const restOperations: Readonly<Record<Method, readonly string[]>> = {
  'CallAutomationClient.createCall': ['createCall'],
  'CallAutomationClient.createGroupCall': ['createCall'],
  'CallAutomationClient.answerCall': ['answerCall'],
  'CallAutomationClient.redirectCall': ['redirectCall'],
  'CallAutomationClient.rejectCall': ['rejectCall'],
  'CallAutomationClient.connectCall': ['connect'],
  'CallConnection.getCallConnectionProperties': ['getCall'],
  'CallConnection.hangUp': ['hangupCall', 'terminateCall'],
  'CallConnection.getParticipant': ['getParticipant'],
  'CallConnection.listParticipants': ['getParticipants'],
  'CallConnection.addParticipant': ['addParticipant'],
  'CallConnection.transferCallToParticipant': ['transferToParticipant'],
  'CallConnection.removeParticipant': ['removeParticipant'],
  'CallConnection.muteParticipant': ['mute'],
  'CallConnection.cancelAddParticipantOperation': ['cancelAddParticipant'],
  'CallConnection.moveParticipants': ['moveParticipants'],
  'CallMedia.play': ['play'],
  'CallMedia.playToAll': ['play'],
  'CallMedia.startRecognizing': ['recognize'],
  'CallMedia.cancelAllOperations': ['cancelAllMediaOperations'],
  'CallMedia.startContinuousDtmfRecognition': ['startContinuousDtmfRecognition'],
  'CallMedia.stopContinuousDtmfRecognition': ['stopContinuousDtmfRecognition'],
  'CallMedia.sendDtmfTones': ['sendDtmfTones'],
  'CallMedia.hold': ['hold'],
  'CallMedia.unhold': ['unhold'],
  'CallMedia.startTranscription': ['startTranscription'],
  'CallMedia.stopTranscription': ['stopTranscription'],
  'CallMedia.updateTranscription': ['updateTranscription'],
  'CallMedia.startMediaStreaming': ['startMediaStreaming'],
  'CallMedia.stopMediaStreaming': ['stopMediaStreaming'],
  'CallRecording.start': ['startRecording'],
  'CallRecording.getState': ['getRecordingProperties'],
  'CallRecording.stop': ['stopRecording'],
  'CallRecording.pause': ['pauseRecording'],
  'CallRecording.resume': ['resumeRecording'],
  'CallRecording.delete': ['deleteRecording'],
  'CallRecording.downloadStreaming': ['downloadRecording'],
  'CallRecording.downloadToStream': ['downloadRecording'],
  'CallRecording.downloadToPath': ['downloadRecording'],
};

/** Methods that send a callback of their operation's own. The SDK drops that of startContinuousDtmfRecognition. */
export const operationCallbacks: readonly Method[] = [
  'CallConnection.addParticipant',
  'CallConnection.transferCallToParticipant',
  'CallConnection.removeParticipant',
  'CallConnection.cancelAddParticipantOperation',
  'CallConnection.moveParticipants',
  'CallMedia.play',
  'CallMedia.playToAll',
  'CallMedia.startRecognizing',
  'CallMedia.stopContinuousDtmfRecognition',
  'CallMedia.sendDtmfTones',
  'CallMedia.startTranscription',
  'CallMedia.stopTranscription',
  'CallMedia.updateTranscription',
  'CallMedia.startMediaStreaming',
  'CallMedia.stopMediaStreaming',
];

/** What the prototypes hold besides: methods that make no request, and those that TypeScript calls private. */
const others: readonly string[] = [
  'CallAutomationClient.getCallConnection',
  'CallAutomationClient.getCallRecording',
  'CallAutomationClient.getSourceIdentity',
  'CallAutomationClient.createCallInternal',
  'CallConnection.getCallMedia',
  'CallConnection.createCustomCallingContextInternal',
  'CallMedia.createPlaySourceInternal',
  'CallMedia.createRecognizeRequest',
];

/** Every method of every client class of the package, but for those that are known to make no request. */
export function networkedMethods(): string[] {
  return Object.entries<unknown>({ ...sdk })
    .flatMap(([name, value]) => (typeof value === 'function' && /^Call[A-Z]/.test(name) ? [{ name, value }] : []))
    .flatMap(({ name, value }) => Object.getOwnPropertyNames(value.prototype).map((key) => `${name}.${key}`))
    .filter((method) => !method.endsWith('.constructor') && !others.includes(method));
}
