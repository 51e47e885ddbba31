/** One row of the suite: a situation, a call of one SDK method in it, its answer or refusal, and the events that follow. */

import type {
  CallAutomationClient,
  CallConnection,
  CallMedia,
  CallRecording,
  CreateCallOptions,
  FileSource,
} from '@azure/communication-call-automation';
import { expect } from 'vitest';
import type { AudioServer } from '../audio-server.ts';
import type { Receiver } from '../receiver.ts';
import type { Stage } from '../stage.ts';
import type { Method } from './method.ts';

/** What is there before a row: the emulator and the app, and the servers that calls may reach. */
export interface World {
  readonly stage: Stage;
  /** What Event Grid delivers to. */
  readonly grid: Receiver;
  readonly audio: AudioServer;
  /** A WebSocket that takes streams. */
  readonly socket: string;
}

/** What a row finds: the SDK's clients, those of a connection being of a call to Anna, who has answered. */
export interface Scene extends World {
  readonly client: CallAutomationClient;
  readonly connection: CallConnection;
  readonly media: CallMedia;
  readonly recording: CallRecording;
  /** For every method that takes them: they come back with its events. */
  readonly options: { readonly operationContext: string; readonly operationCallbackUrl?: string };
  /** A file of the audio server. */
  readonly file: (path: string) => FileSource;
}

/** An event that must come: its kind, and what its data must say. */
export type Expected = readonly [kind: string, says?: object];

export interface Row {
  readonly method: Method;
  /** Completes the sentence that starts with the method. */
  readonly title: string;
  /** Scripts of parties. */
  readonly parties?: Readonly<Record<string, object>>;
  /** People in the call beside Anna. */
  readonly also?: readonly string[];
  /** Options of the call to Anna. */
  readonly leg?: (world: World) => CreateCallOptions;
  /** Brings about what the call needs; the id that it yields is given to the call. */
  readonly given?: (scene: Scene) => Promise<string>;
  readonly call: (scene: Scene, given: string) => Promise<unknown>;
  readonly answer?: object;
  /** What happens after the answer. */
  readonly meanwhile?: (scene: Scene) => Promise<unknown>;
  /** What the method is rejected with. */
  readonly refused?: object;
  /** How long after the answer the events are awaited. */
  readonly afterMs?: number;
  /** Every callback that follows, in order. */
  readonly events?: readonly Expected[];
  /** Every Event Grid event that follows, in order; not looked at unless given. */
  readonly grid?: readonly Expected[];
}

export const OK = { code: 200, subCode: 0 };

/** Refusals that many methods share (documented). */
export const callNotFound = { statusCode: 404, code: '8522' };
export const invalidArgument = { statusCode: 400, code: '8523' };

/** The events of a call that is connected. */
export const connected: readonly Expected[] = [
  ['CallConnected', { operationContext: 'mine', resultInformation: OK }],
  ['ParticipantsUpdated', { sequenceNumber: expect.any(Number), resultInformation: OK }],
];

/** The options of a call with a speech service, so that texts can be spoken and words understood. */
export const speaking = (): CreateCallOptions => ({
  callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example/' },
});

export const phone = (phoneNumber: string) => ({ phoneNumber });
export const user = (communicationUserId: string) => ({ communicationUserId });
