/** Rotation of a webhook's secret: receivers move from the old one to the new one without a message that they cannot verify. */
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { connectedCall } from '../support/calls.ts';
import { ownHostOnly } from '../support/suited.ts';
import type { Delivered } from '../support/webhook-receiver.ts';
import { isOf, type SubscribedBoard, startSubscribedBoard, unsubscribe } from './receivers.ts';

const test = ownHostOnly('starts the app with an overlap of secrets of its own');

const [first, second, third] = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`) as [
  string,
  string,
  string,
];

let board: SubscribedBoard;

beforeAll(async () => {
  board = await startSubscribedBoard({ NOTIFY_SECRET_OVERLAP_SECONDS: '3600' });
});
afterAll(() => board.close());
afterEach(() => unsubscribe(board));

const put = async (fields: object) => {
  const webhook = { url: `${board.receiver.url}/rotated`, eventTypes: ['CallConnected'], ...fields };
  return (await board.api('PUT', 'webhooks/rotated', webhook)).body;
};

/** The secrets under which the message of a new call is verified. */
async function verifying(): Promise<string[]> {
  const callId = await connectedCall(board.api);
  const messages = await board.receiver.wait('/rotated', (all) => all.some(isOf(callId)));
  return [first, second, third].filter((secret) => isVerified(messages.find(isOf(callId)), secret));
}

function isVerified(message: Delivered | undefined, secret: string): boolean {
  try {
    new Webhook(secret).verify(String(message?.body), message?.headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

const secondsUntil = (time: string) => (Date.parse(time) - Date.now()) / 1000;

test('a secret that is replaced also signs for the time of the setting', async () => {
  expect(await put({ secret: first })).not.toHaveProperty('previousSecretUntil');
  const rotated = await put({ secret: second });
  expect(secondsUntil(rotated.previousSecretUntil)).toBeGreaterThan(3500);
  expect(secondsUntil(rotated.previousSecretUntil)).toBeLessThanOrEqual(3600);
  expect(await verifying()).toEqual([first, second]);
  // What leaves the secret alone, or gives it once more, leaves the overlap as it is.
  for (const fields of [{}, { secret: second }]) {
    expect(await put(fields)).toEqual(rotated);
  }
  expect(await verifying()).toEqual([first, second]);
  await put({ secret: third });
  expect(await verifying()).toEqual([first, second, third]);
  const answers = [await board.api('GET', 'webhooks'), await board.api('GET', 'webhooks/rotated'), rotated];
  expect(JSON.stringify(answers)).not.toContain('whsec_');
});

test('a secret that has leaked is replaced at once, and an overlap ends when a request says so', async () => {
  await put({ secret: first });
  expect(await put({ secret: second, previousSecretSeconds: 0 })).not.toHaveProperty('previousSecretUntil');
  expect(await verifying()).toEqual([second]);
  const rotated = await put({ secret: third, previousSecretSeconds: 2 });
  expect(secondsUntil(rotated.previousSecretUntil)).toBeLessThanOrEqual(2);
  expect(await verifying()).toEqual([second, third]);
  await new Promise((resolve) => setTimeout(resolve, Date.parse(rotated.previousSecretUntil) - Date.now()));
  expect(await verifying()).toEqual([third]);
  expect(await put({})).not.toHaveProperty('previousSecretUntil');
  await put({ secret: first });
  expect(await put({ previousSecretSeconds: 0 })).not.toHaveProperty('previousSecretUntil');
  expect(await verifying()).toEqual([first]);
});
