/** A stage for a test: an emulator, an app that receives, a client of the real SDK, and requests signed by hand. */

import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CallAutomationClient,
  type CallConnection,
  type CallInvite,
  type CreateCallOptions,
} from '@azure/communication-call-automation';
import type { CommunicationUserIdentifier, PhoneNumberIdentifier } from '@azure/communication-common';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import {
  DEFAULT_ACCESS_KEY,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '../../../local/emulator/index.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** The number that the app calls from, and a person to call. */
export const APP_NUMBER = '+14255550100';
export const ANNA = '+14255550111';
export const BOB = '+14255550122';
export const USER = '8:acs:ac5e0000-0000-4000-8000-00000000e001_0b0e';

/** One folder for the whole test process: keys are made once. */
export const CACHE = mkdtempSync(join(tmpdir(), 'acs-emulator-'));

export interface Stage {
  readonly emulator: Emulator;
  readonly app: Receiver;
  readonly client: CallAutomationClient;
  /** Where the app wants its callbacks. */
  readonly callback: string;
  /** Turns the manual clock and waits for everything that falls due. */
  advance(ms: number): Promise<void>;
  /** Clears calls, log and arrivals. */
  clear(): Promise<void>;
  /** A call to Anna that she has answered; what has arrived until then is cleared. */
  connected(party?: string, options?: CreateCallOptions): Promise<CallConnection>;
  /** The same with a speech service, so that texts can be spoken and words understood. */
  speaking(party?: string): Promise<CallConnection>;
  /** Brings a participant into the call; what has arrived until then is cleared. */
  joined(connection: CallConnection, party: string): Promise<void>;
  /** Scripts what a party does once it is in a call. */
  script(party: string, ...steps: object[]): Promise<unknown>;
  /** A request signed as the JS SDK signs. */
  send(method: string, target: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** A party as the SDK identifies them. */
export function who(party: string): CommunicationUserIdentifier | PhoneNumberIdentifier {
  return party.startsWith('+') ? { phoneNumber: party } : { communicationUserId: party };
}

function invite(party: string): CallInvite {
  return { targetParticipant: who(party), sourceCallIdNumber: { phoneNumber: APP_NUMBER } } as CallInvite;
}

/** Turned by hand unless a test asks for the real clock. */
export async function setStage(options: EmulatorOptions = {}): Promise<Stage> {
  const clock = 'manual' as const;
  const emulator = await startEmulator({
    http: 0,
    https: false,
    quiet: true,
    clock,
    cacheDirectory: CACHE,
    ...options,
  });
  const app = await startReceiver();
  const client = clientOf(emulator);
  const stage: Stage = {
    emulator,
    app,
    client,
    callback: `${app.url}/callbacks?call=1`,
    advance: async (advanceMs) => void (await emulator.control.post('clock', { advanceMs })),
    async clear() {
      await emulator.control.post('reset');
      for (const { name } of await subscriptions(emulator)) {
        await emulator.control.delete(`event-grid/subscriptions/${name}`);
      }
      app.arrivals.length = 0;
      app.answer = () => 200;
    },
    async connected(party = ANNA, options = {}) {
      const { callConnection } = await client.createCall(invite(party), stage.callback, {
        operationContext: 'created',
        ...options,
      });
      await stage.advance(200);
      app.arrivals.length = 0;
      return callConnection;
    },
    speaking: (party) =>
      stage.connected(party, { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example/' } }),
    async joined(connection, party) {
      await connection.addParticipant(invite(party));
      await stage.advance(200);
      app.arrivals.length = 0;
    },
    script: (party, ...steps) => emulator.control.put(`parties/${party}`, { then: steps }),
    send: (method, target, body, headers) =>
      fetch(`${emulator.url}${target}`, signed(emulator.url, method, target, body, headers)),
    async close() {
      await emulator.close();
      await app.close();
    },
  };
  return stage;
}

/** A client whose requests to the storage host go to the emulator too, as a hosts entry would send them. */
export function clientOf({ url, connectionString }: Pick<Emulator, 'url' | 'connectionString'>): CallAutomationClient {
  const direct = createDefaultHttpClient();
  const httpClient: HttpClient = {
    sendRequest(request) {
      request.url = request.url.replace('https://us-api.asm.skype.com', url);
      // The SDK makes requests for recordings without the client's options.
      request.allowInsecureConnection = true;
      return direct.sendRequest(request);
    },
  };
  const retryOptions = { maxRetries: 0 };
  return new CallAutomationClient(connectionString, { httpClient, allowInsecureConnection: true, retryOptions });
}

async function subscriptions({ control }: Emulator): Promise<{ name: string }[]> {
  return ((await control.get('event-grid/subscriptions')) as { subscriptions: { name: string }[] }).subscriptions;
}

/** Method, headers and body of a signed request. */
export function signed(
  url: string,
  method: string,
  target: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const date = new Date().toUTCString();
  const hash = createHash('sha256').update(payload).digest('base64');
  const text = `${method}\n${target}\n${date};${new URL(url).host};${hash}`;
  return {
    method,
    headers: {
      'content-type': 'application/json',
      'x-ms-date': date,
      'x-ms-content-sha256': hash,
      authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature(text)}`,
      ...headers,
    },
    ...(body !== undefined && { body: payload }),
  };
}

/** The signature of a string with the default key. */
export function signature(text: string): string {
  return createHmac('sha256', Buffer.from(DEFAULT_ACCESS_KEY, 'base64')).update(text).digest('base64');
}

/** The status, code and message with which an SDK call was refused. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; code: string; message: string }> {
  try {
    await call;
  } catch (error) {
    const { statusCode, code, message } = error as { statusCode: number; code: string; message: string };
    return { status: statusCode, code, message };
  }
  throw new Error('The call was not refused.');
}
