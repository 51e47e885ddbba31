/** Gives dead letters to the functions that they were meant for, the oldest first, and removes those that were taken. */
import type { ContainerClient } from '@azure/storage-blob';
import { type DeadEvent, deadEventsIn } from './dead-letter.ts';

/** Where a function app takes events, and the key by which Event Grid would be let in. */
export interface EventGridWebhook {
  readonly appUrl: string;
  readonly key: string;
}

export interface Replayed {
  readonly taken: number;
  readonly left: number;
}

/**
 * Replays every letter. One that cannot be read, or that its function does not take, stays and is told of; the others go
 * on. A letter that is replayed twice is taken as an event that comes twice: it changes nothing.
 */
export async function replayDeadLetters(
  letters: ContainerClient,
  webhook: EventGridWebhook,
  tell: (line: string) => void,
): Promise<Replayed> {
  const names: string[] = [];
  for await (const { name } of letters.listBlobsFlat()) {
    names.push(name);
  }
  let taken = 0;
  for (const name of names.sort(byAge)) {
    const letter = letters.getBlobClient(name);
    try {
      const events = deadEventsIn((await letter.downloadToBuffer()).toString());
      for (const event of events) {
        await post(webhook, event);
      }
      await letter.deleteIfExists();
      taken += 1;
      tell(`taken  ${name}`);
    } catch (error) {
      tell(`left   ${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { taken, left: names.length - taken };
}

/** Documented: `SUBSCRIPTION/year/month/day/hour/id.json`, without zeros in front. */
function byAge(one: string, other: string): number {
  const ageOf = (name: string) => name.split('/').slice(1).join('/');
  return ageOf(one).localeCompare(ageOf(other), 'en', { numeric: true });
}

/** As Event Grid does it. */
async function post({ appUrl, key }: EventGridWebhook, { functionName, event }: DeadEvent): Promise<void> {
  const url = new URL(`/runtime/webhooks/EventGrid?functionName=${functionName}`, appUrl);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'aeg-event-type': 'Notification', 'content-type': 'application/json', 'x-functions-key': key },
    body: JSON.stringify([event]),
  });
  if (!response.ok) {
    throw new Error(`${functionName} answered ${response.status}.`);
  }
}
