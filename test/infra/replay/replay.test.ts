import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeEach, expect, inject, it } from 'vitest';
import { replayDeadLetters } from '../../../infra/replay/replay.ts';
import { startHost } from '../../../local/host/index.ts';
import { apiAt } from '../../support/api.ts';
import { settingsWithoutAcs } from '../../support/without-acs.ts';

const dataDirectory = await mkdtemp(join(tmpdir(), 'replay-'));
const host = await startHost({
  root: '.',
  main: 'functions/*.ts',
  log: 'off',
  enableAuth: true,
  dataDirectory,
  settings: settingsWithoutAcs(),
});
const keys = JSON.parse(await readFile(join(dataDirectory, 'keys.json'), 'utf8'));
const webhook = { appUrl: host.url, key: keys.system.eventgrid_extension };
const blobs = BlobServiceClient.fromConnectionString(inject('storage'));

let deadLetters: ReturnType<typeof blobs.getContainerClient>;
let reported: string[];
const report = (line: string) => reported.push(line);

beforeEach(async () => {
  deadLetters = blobs.getContainerClient(`dead-letters-${randomUUID()}`);
  await deadLetters.create();
  reported = [];
});

afterAll(async () => {
  await host.close();
  await rm(dataDirectory, { recursive: true });
});

const deadLetter = (event: object) => ({
  topic: '/subscriptions/x',
  dataVersion: '1.0',
  metadataVersion: '1',
  ...event,
  deadLetterReason: 'MaxDeliveryAttemptsExceeded',
  deliveryAttempts: 3,
  lastDeliveryOutcome: 'NotFound',
  publishTime: '2026-01-05T10:00:00Z',
  lastDeliveryAttemptTime: '2026-01-05T10:00:40Z',
});

const incomingCall = (correlationId: string) =>
  deadLetter({
    id: randomUUID(),
    subject: '/caller/4:+14255550123/recipient/4:+14255550100',
    eventType: 'Microsoft.Communication.IncomingCall',
    eventTime: '2026-01-05T10:00:00Z',
    data: {
      from: { kind: 'phoneNumber', rawId: '4:+14255550123' },
      to: { kind: 'phoneNumber', rawId: '4:+14255550100' },
      correlationId,
      incomingCallContext: 'context',
    },
  });

async function put(name: string, content: unknown) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await deadLetters.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
}

async function left() {
  const names: string[] = [];
  for await (const { name } of deadLetters.listBlobsFlat()) {
    names.push(name);
  }
  return names;
}

async function incomingCalls() {
  const { body } = await apiAt(`${host.url}/api`)('GET', 'incoming-calls', undefined, { 'x-functions-key': keys.host });
  return body.items as readonly { status: string; receivedAt: string }[];
}

it('gives dead letters to their function, which takes each as the event that it was, and removes them', async () => {
  await put('INCOMING-CALL/2026/1/5/10/a.json', [incomingCall('one'), incomingCall('two')]);
  const kept = await deadLetters.getBlobClient('INCOMING-CALL/2026/1/5/10/a.json').downloadToBuffer();

  expect(await replayDeadLetters(deadLetters, webhook, report)).toEqual({ taken: 1, left: 0 });
  const calls = await incomingCalls();
  expect(calls).toHaveLength(2);
  expect(calls[0]).toMatchObject({ status: 'stale', receivedAt: '2026-01-05T10:00:00.000Z' });
  expect(await left()).toEqual([]);

  // Event Grid may deliver after all, or an operator replays what a broken connection left: nothing happens twice.
  await put('INCOMING-CALL/2026/1/5/10/a.json', kept.toString());
  expect(await replayDeadLetters(deadLetters, webhook, report)).toEqual({ taken: 1, left: 0 });
  expect(await incomingCalls()).toHaveLength(2);
});

it('starts with the oldest, and is not stopped by one that no function takes', async () => {
  await put('RECORDING-FILE-STATUS/2026/1/10/9/c.json', [incomingCall('third')]);
  await put('INCOMING-CALL/2026/1/9/12/b.json', [deadLetter({ id: '1', eventType: 'Microsoft.Storage.BlobCreated' })]);
  await put('INCOMING-CALL/2026/1/9/9/a.json', '{');
  await put('RECORDING-FILE-STATUS/2026/1/10/10/d.json', [
    deadLetter({
      id: '2',
      subject: '/recording/call/x',
      eventType: 'Microsoft.Communication.RecordingFileStatusUpdated',
      eventTime: '2026-01-10T10:00:00Z',
      data: {},
    }),
  ]);

  expect(await replayDeadLetters(deadLetters, webhook, report)).toEqual({ taken: 2, left: 2 });
  expect(reported).toEqual([
    expect.stringMatching(/^left .*9\/9\/a\.json: .*JSON/),
    expect.stringMatching(/^left .*9\/12\/b\.json: expected .*IncomingCall.*, not Microsoft\.Storage\.BlobCreated/),
    expect.stringMatching(/^taken .*10\/9\/c\.json/),
    // An event without files is acknowledged and kept on the poison queue.
    expect.stringMatching(/^taken .*10\/10\/d\.json/),
  ]);
  expect(await left()).toHaveLength(2);
});

it('leaves everything where it is when the key is wrong', async () => {
  await put('INCOMING-CALL/2026/1/5/10/a.json', [incomingCall('four')]);

  expect(await replayDeadLetters(deadLetters, { ...webhook, key: 'wrong' }, report)).toEqual({ taken: 0, left: 1 });
  expect(reported).toEqual([expect.stringMatching(/incomingCall answered 401/)]);
  expect(await left()).toHaveLength(1);
});
