/** What an endpoint may answer to agree to a subscription. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../stage.ts';

let stage: Stage;
let answer = (_code: string): string => '';
const endpoint = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const [event] = JSON.parse(Buffer.concat(chunks).toString());
    outgoing.end(answer(event.data.validationCode));
  });
});

beforeAll(async () => {
  stage = await setStage();
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  endpoint.closeAllConnections();
  endpoint.close();
  await stage.close();
});

const subscribe = () =>
  stage.emulator.control.put('event-grid/subscriptions/app', {
    endpoint: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`,
  });

test.for([
  ['JSON', (code: string) => JSON.stringify({ validationResponse: code })],
  ['JSON with more in it', (code: string) => JSON.stringify({ validationResponse: code, name: "it's the app" })],
  ['a dictionary of Python as text', (code: string) => `{'validationResponse': '${code}'}`],
] as const)('%s with the code agrees', async ([, written]) => {
  answer = written;

  await expect(subscribe()).resolves.toMatchObject({ name: 'app' });
});

test.for([
  ['another code', () => "{'validationResponse': 'other'}"],
  ['the code alone', (code: string) => code],
  ['another name', (code: string) => JSON.stringify({ response: code })],
  ['null', () => 'null'],
] as const)('%s does not agree', async ([, written]) => {
  answer = written;

  await expect(subscribe()).rejects.toMatchObject({ status: 400 });
});
