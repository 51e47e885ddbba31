/**
 * Planted secrets of webhooks, queries of URLs and masked digits are in no row, message or blob in clear, whatever was ever
 * written; deliveries, rules and sequences use them all the same.
 */

import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { connectedCall } from '../support/calls.ts';
import { dialIn } from '../support/incoming-calls.ts';
import type { Passed } from '../support/proxy.ts';
import { ownHostOnly } from '../support/suited.ts';
import { verified } from '../support/webhook-receiver.ts';
import { failuresOf, notifySecret, type SubscribedBoard, startSubscribedBoard } from './receivers.ts';
import { ended, frequentRechecks } from './sequences/sequences.ts';

const test = ownHostOnly('reads the tables of its own app');

const whsec = (text: string) => `whsec_${Buffer.from(text.padEnd(32, '.')).toString('base64')}`;
/** The secret that is replaced, and its successor. */
const secrets = [whsec('plumbago replaced'), whsec('plumbago current')] as const;
const codes = {
  call: 'quillfeather-call',
  rule: 'quillfeather-rule',
  step: 'quillfeather-step',
  input: 'quillfeather-input',
};
const digits = '73918264550917';
const toneNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const tones = [...digits].map((digit) => toneNames[Number(digit)]);
const spelled = new RegExp(tones.slice(0, 4).join('\\W+'), 'i');

const insecure = { allowInsecureConnection: true };
const tablePrefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
let board: SubscribedBoard;
/** Every request to tables and queues. */
const written: Passed[] = [];

beforeAll(async () => {
  board = await startSubscribedBoard({
    ...frequentRechecks,
    TABLE_PREFIX: tablePrefix,
    NOTIFY_RECORD_DELIVERED: 'true',
    EVENT_LOG_DAYS: '1',
  });
  for (const proxy of [board.storage, board.queues]) {
    proxy.onPass = (passed, moment) => void (moment === 'request' && written.push(passed));
  }
});
afterAll(() => board.close());

/** A text with what is encoded within it: base64, and what is compressed there. */
function decoded(text: string): string {
  const inner = (text.match(/[\w+/-]{24,}={0,2}/g) ?? []).map((run) => Buffer.from(run, 'base64'));
  return [
    text,
    ...inner.map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString()),
  ]
    .map((one, index) => (index === 0 || !one.includes('"packed"') ? one : decoded(one)))
    .join('\n');
}

const planted = [...secrets.map((one) => one.slice('whsec_'.length)), ...Object.values(codes)];
const foundIn = (texts: readonly string[], marks: readonly string[] = planted) => {
  const all = texts.map(decoded).join('\n');
  return marks.filter((mark) => all.includes(mark) || all.includes(Buffer.from(mark).toString('base64').slice(0, 20)));
};

async function put(path: string, body: object): Promise<void> {
  const answer = await board.api('PUT', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
}

async function rowsAtRest(): Promise<string[]> {
  const connection = inject('storage');
  const rows: string[] = [];
  for await (const { name = '' } of TableServiceClient.fromConnectionString(connection, insecure).listTables()) {
    if (name.startsWith(tablePrefix)) {
      for await (const entity of TableClient.fromConnectionString(connection, name, insecure).listEntities()) {
        rows.push(JSON.stringify(entity).replaceAll('\\"', '"'));
      }
    }
  }
  return rows;
}

async function blobs(): Promise<string[]> {
  const service = BlobServiceClient.fromConnectionString(inject('storage'));
  const texts: string[] = [];
  for await (const { name } of service.listContainers()) {
    const container = service.getContainerClient(name);
    for await (const blob of container.listBlobsFlat()) {
      texts.push((await container.getBlobClient(blob.name).downloadToBuffer()).toString());
    }
  }
  return texts;
}

test('planted secrets, queries and masked digits are stored encrypted only, and still do their work', async () => {
  const { receiver } = board;
  const url = (path: string, code: string) => `${receiver.url}/${path}?code=${code}`;
  receiver.answer = ({ path }) => (path.startsWith('/failing') ? [500, {}, 'no'] : 204);
  const eventTypes = ['OperationSettled'];
  for (const secret of secrets) {
    await put('webhooks/crm', { url: `${receiver.url}/crm`, secret, eventTypes });
  }

  const participant = '+14255550178';
  await board.emulator.control.put(`parties/${participant}`, {
    onRing: 'answer',
    then: [{ onListening: { press: digits } }],
  });
  const callId = await connectedCall(board.api, [participant]);
  const asked = await board.api('POST', `calls/${callId}/media/recognize`, {
    ...{ participant, input: 'dtmf', maxTones: digits.length, masked: true, prompt: { text: 'Your card, please.' } },
    notifyUrl: url('failing', codes.call),
  });
  const failures = await failuresOf(board, 'notifyUrl', 2);
  expect(failures.map(({ host }: { host: string }) => host)).toContain(new URL(receiver.url).host);

  const [failed] = failures;
  receiver.answer = () => 204;
  await board.api('POST', `webhooks/notifyUrl/deliveries/${failed.deliveryId}/resend`, {});
  const path = new URL(url('failing', codes.call)).pathname + new URL(url('failing', codes.call)).search;
  const resent = await receiver.wait(path, (all) => all.length > 2 * 3);
  expect(resent.filter(({ event }) => spelled.test(JSON.stringify(event))).length).toBeGreaterThan(3);
  expect(verified(resent.at(-1) as never, notifySecret)).toMatchObject({
    data: { operationId: asked.body.operationId },
  });

  await put('routing-rules/desk', {
    priority: 1,
    match: { to: '+14255550101' },
    action: { kind: 'answer', notifyUrl: url('rule', codes.rule) },
  });
  expect((await board.api('GET', 'routing-rules/desk')).body.action.notifyUrl).toBe(url('rule', codes.rule));
  expect((await board.api('GET', 'routing-rules')).body.items[0].action.notifyUrl).toBe(url('rule', codes.rule));
  await dialIn(board, { to: '+14255550101' });
  await receiver.wait(`/rule?code=${codes.rule}`, (all) => all.length > 0);

  const steps = [
    { do: 'play', with: { sources: [{ text: 'Hello' }], notifyUrl: url('step', codes.step) } },
    { do: 'play', with: { sources: [{ text: 'enc.is.text' }], notifyUrl: '$input.url' } },
  ];
  const started = await board.api('POST', 'sequences', { callId, input: { url: url('input', codes.input) }, steps });
  expect((await ended(board, started.body.sequenceId)).status).toBe('succeeded');
  await receiver.wait(`/step?code=${codes.step}`, (all) => all.length > 0);
  await receiver.wait(`/input?code=${codes.input}`, (all) => all.length > 0);

  const hooked = await receiver.wait('/crm', (all) => all.length > 0);
  expect(secrets.map((one) => (verified(hooked[0] as never, one) as { id: string }).id)).toEqual(
    secrets.map(() => hooked[0]?.event.id),
  );
  expect(spelled.test(JSON.stringify(hooked))).toBe(false);

  const rows = await rowsAtRest();
  expect(rows.length).toBeGreaterThan(20);
  expect(foundIn(rows)).toEqual([]);
  expect(rows.filter((row) => spelled.test(decoded(row)))).toEqual([]);
  expect(foundIn(await blobs())).toEqual([]);
  const bodies = written.map(({ path: at, body }) => `${at}\n${body.replaceAll('\\"', '"')}`);
  expect(bodies.some((body) => decoded(body).includes('"receiver":{"notifyUrl":"enc.'))).toBe(true);
  expect(foundIn(bodies)).toEqual([]);
});

test('a webhook whose URL is replaced in storage signs nothing there', async () => {
  const table = TableClient.fromConnectionString(inject('storage'), `${tablePrefix}webhooks`, insecure);
  const entity = await table.getEntity<{ d0: string }>('webhooks', 'crm');
  const repointed = JSON.stringify({ ...JSON.parse(entity.d0), url: `${board.receiver.url}/thief` });
  await table.updateEntity({ partitionKey: 'webhooks', rowKey: 'crm', d0: repointed }, 'Merge');
  const answer = await board.api('POST', 'webhooks/crm/test', {});
  expect(answer.status).toBe(500);
  expect(board.receiver.at('/thief')).toEqual([]);
});
