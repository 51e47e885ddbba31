/** Gives dead letters to the functions that they were meant for, the oldest first, and removes those that were taken. */
import type { ContainerClient } from '@azure/storage-blob';
import { type UndeliveredEvent, undeliveredEventsIn } from './dead-letter.ts';

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
 * Replays every dead letter. One that cannot be read, or that its function refuses, stays and is reported; the others
 * continue. Replaying a dead letter twice changes nothing: its function handles it as a redelivered event.
 */
export async function replayDeadLetters(
  deadLetters: ContainerClient,
  webhook: EventGridWebhook,
  report: (line: string) => void,
): Promise<Replayed> {
  const names: string[] = [];
  for await (const { name } of deadLetters.listBlobsFlat()) {
    names.push(name);
  }
  let taken = 0;
  for (const name of names.sort(byAge)) {
    const deadLetter = deadLetters.getBlobClient(name);
    try {
      const events = undeliveredEventsIn((await deadLetter.downloadToBuffer()).toString());
      for (const event of events) {
        await post(webhook, event);
      }
      await deadLetter.deleteIfExists();
      taken += 1;
      report(`taken  ${name}`);
    } catch (error) {
      report(`left   ${name}: ${error instanceof Error ? error.message : error}`);
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
async function post({ appUrl, key }: EventGridWebhook, { functionName, event }: UndeliveredEvent): Promise<void> {
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
