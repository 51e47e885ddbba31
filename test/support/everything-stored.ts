/** Everything that an app has stored: the rows of its tables and of its task hub, its blobs and its queues, each as a text. */
import { gunzipSync } from 'node:zlib';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient, RestError } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { inject } from 'vitest';

/** A text, and where it is stored. */
export interface StoredText {
  readonly where: string;
  readonly text: string;
}

const overHttp = { allowInsecureConnection: true };

/** Reads what is stored under one of these prefixes, and in the container of dead letters. */
export async function everythingStored(prefixes: readonly string[]): Promise<readonly StoredText[]> {
  const isOwn = (name: string) => prefixes.some((prefix) => name.toLowerCase().startsWith(prefix.toLowerCase()));
  return [...(await rows(isOwn)), ...(await blobs(isOwn)), ...(await messages(isOwn))];
}

type Named = (name: string) => boolean;

async function rows(isOwn: Named): Promise<readonly StoredText[]> {
  const found: StoredText[] = [];
  for await (const { name = '' } of TableServiceClient.fromConnectionString(inject('storage'), overHttp).listTables()) {
    if (isOwn(name)) {
      for await (const row of TableClient.fromConnectionString(inject('storage'), name, overHttp).listEntities()) {
        found.push({ where: `${name} ${row.partitionKey} ${row.rowKey}`, text: readable(rowText(row)) });
      }
    }
  }
  return found;
}

async function blobs(isOwn: Named): Promise<readonly StoredText[]> {
  const found: StoredText[] = [];
  const service = BlobServiceClient.fromConnectionString(inject('storage'));
  for await (const { name } of service.listContainers()) {
    const container = service.getContainerClient(name);
    for await (const blob of isOwn(name) || name === 'dead-letters' ? container.listBlobsFlat() : []) {
      // One that is deleted between the list and here is not stored any more.
      const bytes = await container.getBlobClient(blob.name).downloadToBuffer().catch(unlessGone);
      found.push({ where: `${name}/${blob.name}`, text: readable(bytes.toString('latin1')) });
    }
  }
  return found;
}

function unlessGone(error: unknown): Buffer {
  if (error instanceof RestError && error.statusCode === 404) {
    return Buffer.alloc(0);
  }
  throw error;
}

async function messages(isOwn: Named): Promise<readonly StoredText[]> {
  const found: StoredText[] = [];
  const queues = QueueServiceClient.fromConnectionString(inject('storage'));
  for await (const { name } of queues.listQueues()) {
    const { peekedMessageItems = [] } = isOwn(name)
      ? await queues.getQueueClient(name).peekMessages({ numberOfMessages: 32 })
      : {};
    found.push(...peekedMessageItems.map(({ messageText }) => ({ where: name, text: readable(messageText) })));
  }
  return found;
}

/** The documents of a row, each piece behind the one before. */
function rowText(row: object): string {
  const values = Object.entries(row).toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return `${JSON.stringify(row)}\n${values.map(([, value]) => value).join('')}`;
}

/** The text, with what is encoded or compressed in it. */
function readable(text: string): string {
  const encoded = text.match(/[\w+/-]{16,}={0,2}/g) ?? [];
  const decoded = encoded.map((one) => Buffer.from(one, 'base64'));
  const inner = decoded.flatMap((bytes) => [bytes.toString(), unzipped(bytes)]);
  const again = inner
    .flatMap((one) => one.match(/[\w+/-]{16,}={0,2}/g) ?? [])
    .map((one) => unzipped(Buffer.from(one, 'base64')));
  return [text, ...inner, ...again].join('\n');
}

function unzipped(bytes: Buffer): string {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString() : '';
}
