/** A storage queue as the destination of events: one event a message, its JSON in base64 (azure-docs #102923). */

import { azuriteKey, storageProblem } from '../azurite.ts';

/** Why an address names no queue that can be written to, or undefined. */
export function queueProblem(queueUrl: string): string | undefined {
  if (!/^https?:\/\/[^/]+\/(?:[^/?]+\/)?[a-z0-9-]{3,63}(?:\?|$)/.test(queueUrl) || !URL.canParse(queueUrl)) {
    return 'must be the http or https URL of a storage queue';
  }
  return storageProblem(new URL(queueUrl));
}

/** Creates the queue if it is missing, where Event Grid requires it to exist. Rejects when storage refuses. */
export async function createQueue(queueUrl: string): Promise<void> {
  await (await clientOf(queueUrl)).createIfNotExists();
}

/** Puts an event on the queue. Resolves to the status of the response; rejects when there is none. */
export async function enqueue(queueUrl: string, event: object): Promise<number> {
  const { RestError } = await import('@azure/storage-queue');
  const client = await clientOf(queueUrl);
  try {
    const { _response } = await client.sendMessage(Buffer.from(JSON.stringify(event)).toString('base64'));
    return _response.status;
  } catch (error) {
    if (error instanceof RestError && error.statusCode !== undefined) {
      return error.statusCode;
    }
    throw error;
  }
}

async function clientOf(queueUrl: string) {
  // Loaded on first use: most subscriptions have endpoints.
  const { QueueClient, StorageSharedKeyCredential } = await import('@azure/storage-queue');
  const known = azuriteKey(new URL(queueUrl));
  // Retries follow Event Grid's schedule only; a manual clock waits for this request.
  return new QueueClient(queueUrl, known && new StorageSharedKeyCredential(...known), {
    retryOptions: { maxTries: 1 },
  });
}
