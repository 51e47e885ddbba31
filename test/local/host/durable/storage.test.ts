import { setTimeout as delay } from 'node:timers/promises';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { eventually } from '../../../support/api.ts';
import { type PassThrough, startProxy } from '../../../support/proxy.ts';
import { storageUrl } from '../../../support/switchboard.ts';
import { type DurableHost, newHub, startDurable } from './support.ts';

const hub = newHub();
let tables: PassThrough;
let durable: DurableHost;

beforeAll(async () => {
  tables = await startProxy(storageUrl('Table'));
  const connection = inject('storage').replace(storageUrl('Table'), tables.url);
  durable = await startDurable({ settings: { AzureWebJobsStorage: connection } }, hub);
});
beforeEach(() => {
  tables.onPass = () => {};
  tables.down = false;
  tables.take();
});
afterAll(async () => {
  await durable.host.close();
  await tables.close();
});

/** The methods of the requests to storage, taken until there are `count` or some time has passed. */
async function requests(count: number): Promise<string[]> {
  const methods: string[] = [];
  for (let round = 0; round < 20 && methods.length < count; round += 1) {
    await delay(50);
    methods.push(...tables.take().map(({ method }) => method));
  }
  return methods;
}

const isWrite = ({ method }: { method: string }) => method === 'POST';

it('stores an episode in one request, and asks nothing of storage while nothing happens', async () => {
  const id = await durable.start('collects', 2);
  await durable.raise(id, 'open');
  // A look for another instance of that id, the index of what runs, the start, the event.
  const forStart = await requests(4);

  await durable.raise(id, 'item', 1);
  const forEvent = await requests(1);
  const meanwhile = await requests(1);
  await durable.raise(id, 'item', 2);
  // The event, and the index of what runs.
  const forEnd = await requests(2);

  expect(forStart).toEqual(['GET', 'POST', 'POST', 'POST']);
  expect(forEvent).toEqual(['POST']);
  expect(meanwhile).toEqual([]);
  expect(forEnd).toEqual(['POST', 'POST']);
});

it('takes an event once although the acknowledgement of its storing is lost', async () => {
  const id = await durable.start('collects', 3);
  await durable.raise(id, 'open');
  let lost = 0;
  tables.onPass = (passed, moment) => {
    if (moment === 'answer' && isWrite(passed) && lost === 0) {
      lost += 1;
      throw new Error('lost');
    }
  };

  const status = await durable.raise(id, 'item', 'first');
  await durable.raise(id, 'item', 'second');
  await durable.raise(id, 'item', 'third');

  expect([status, lost]).toEqual([202, 1]);
  expect((await durable.ended(id)).output).toEqual(['first', 'second', 'third']);
});

it('continues by itself when storage was unavailable in the middle of an orchestration', async () => {
  const ids = await Promise.all(['x', 'y', 'z'].map((name) => durable.start('journey', { left: 1, seen: [name] })));
  const waiting = await durable.start('untilEvent');
  tables.down = true;
  const raised = durable.raise(waiting, 'go', 'on');
  await delay(700);

  tables.down = false;

  expect(await raised).toBe(202);
  expect((await durable.ended(waiting)).output).toBe('on');
  for (const id of ids) {
    await durable.becomes(id, ({ input }) => input.left === 0);
    await durable.raise(id, 'arrive', id);
  }
  const outputs = await Promise.all(ids.map(async (id) => (await durable.ended(id)).output));
  expect(outputs).toEqual(ids.map((id, index) => ['xyz'[index], 'a1', 'b1', 'c1', 'Hello 1', id]));
});

it('keeps values that are too long for a table, and deletes them with the instance', async () => {
  const long = 'ä'.repeat(100_000);
  const inputs = [long, { long }, 'short'];
  const blobs = BlobServiceClient.fromConnectionString(inject('storage')).getContainerClient(`${hub}-largevalues`);
  const blobCount = async () => {
    let count = 0;
    for await (const _ of blobs.listBlobsFlat()) {
      count += 1;
    }
    return count;
  };

  const id = await durable.start('fan', inputs);
  const { input, output } = await durable.ended(id);
  const kept = await blobCount();
  await durable.api('DELETE', `instances/${id}`);

  expect(input).toEqual(inputs);
  expect(output).toEqual(inputs);
  expect(kept).toBeGreaterThan(0);
  expect(await blobCount()).toBe(0);
});

it('deletes the large values of the executions before the current one', async () => {
  const long = 'x'.repeat(50_000);
  const blobs = BlobServiceClient.fromConnectionString(inject('storage')).getContainerClient(`${hub}-largevalues`);

  const id = await durable.start('countsDown', { left: 2, got: [] });
  await durable.raise(id, 'item', long);
  await durable.raise(id, 'item', 'short');
  const { output } = await durable.ended(id);

  expect(output).toEqual([long, 'short']);
  await eventually(
    async () => {
      const executions = new Set<string>();
      for await (const { name } of blobs.listBlobsFlat()) {
        executions.add(name.split('/').slice(0, 2).join('/'));
      }
      return executions.size;
    },
    (size) => size === 1,
  );
});

it('keeps a history that outgrows a row', async () => {
  const count = 60;
  const id = await durable.start('collects', count);
  await durable.raise(id, 'open');

  for (let item = 0; item < count; item += 1) {
    await durable.raise(id, 'item', item);
  }

  expect((await durable.ended(id)).output).toEqual(Array.from({ length: count }, (_, item) => item));
  const { body } = await durable.api('GET', `instances/${id}?showHistory=true`);
  expect(body.historyEvents).toHaveLength(count + 3);
  expect((await durable.api('DELETE', `instances/${id}`)).body).toEqual({ instancesDeleted: 1 });
});
