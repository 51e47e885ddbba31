/** Settles operations whose process died before ACS's response was stored, and publishes their buffered events. */
import { type BufferedEvents, withoutBuffered } from '../../calls/operation-life/buffered-events.ts';
import type { Intent, Progress } from '../../calls/operation-life/operation-record.ts';
import { hasStoredResponse } from '../../calls/operation-life/recently-settled.ts';
import { originOf } from '../../calls/origin.ts';
import { operations } from '../../operations/index.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Stored } from '../../storage/calls.ts';
import { storeResponse } from '../commands/store-response.ts';
import { commit } from '../commit.ts';
import { eventNotification } from '../events/notifications.ts';
import type { Ledger } from '../ledger.ts';

/** A response that arrives at the last moment has this long to be stored. */
const graceSeconds = 60;

const pageSize = 100;

/** Settles operations whose events arrived without their response, and publishes these events. */
export async function settleAbandoned(ledger: Ledger, stored: Stored): Promise<void> {
  for (const [operationId, { since, events }] of Object.entries(stored.record.buffered)) {
    if (isAbandoned(ledger, since)) {
      await settleBuffered(ledger, stored, operationId, events);
    }
  }
}

/**
 * Settles, in a call that is over, the operations without a response and without an event, so that their subscribers are
 * notified. True when none is left whose response may still arrive.
 */
export async function settleUnanswered(ledger: Ledger, stored: Stored): Promise<boolean> {
  let areSettled = true;
  let cursor: string | undefined;
  do {
    const page = await ledger.calls.readPending(stored.record.callId, pageSize, cursor);
    for (const { operationId, since } of page.items) {
      if (hasStoredResponse(stored.record, operationId)) {
        continue;
      }
      if (isAbandoned(ledger, since)) {
        const intent = await ledger.calls.readIntent(operationId);
        const isStored = intent && (await settleAsSilent(ledger, stored, intent));
        areSettled = areSettled && !isStored;
      } else {
        areSettled = false;
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return areSettled;
}

/** Whether a request made then can no longer be in progress. */
export function isAbandoned(ledger: Pick<Ledger, 'acsTimeoutSeconds' | 'now'>, since: string): boolean {
  return Date.parse(since) <= Date.parse(ledger.now()) - (ledger.acsTimeoutSeconds + graceSeconds) * 1000;
}

/** Stores an operation without a response as unconfirmed. The events of any other are published only. */
async function settleBuffered(
  ledger: Ledger,
  stored: Stored,
  operationId: string,
  events: BufferedEvents['events'],
): Promise<void> {
  const { record, etag } = stored;
  const intent = await ledger.calls.readIntent(operationId);
  if (intent && (await settleAsSilent(ledger, stored, intent))) {
    return;
  }
  const notifications = events.map((event) => eventNotification(record, event, originOf(intent ?? {})));
  await commit(ledger, { before: record, call: { record: withoutBuffered(record, operationId), etag } }, notifications);
}

/** Stores the silence of ACS for an operation without a response; undefined when it has one. */
export async function settleAsSilent(ledger: Ledger, stored: Stored, intent: Intent): Promise<Progress | undefined> {
  const operation = operations.find(({ name }) => name === intent.name) as Operation | undefined;
  if (!operation || (await ledger.calls.readProgress(intent.callId, intent.operationId))) {
    return undefined;
  }
  return storeResponse(ledger, operation, intent, stored, { kind: 'silence' });
}
