/** The webhooks as stored: one row each, read together, as a team has a few of them. */
import { randomUUID } from 'node:crypto';
import type { Webhook } from '../webhooks/webhook.ts';
import { deleteRow, replaceRow, type Versioned } from './conditional-write.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { readPage } from './page.ts';
import { isRefusal, openTable, type Refusal, type StorageSettings } from './tables.ts';

export type WebhookStore = ReturnType<typeof openWebhooks>;

/** A webhook as it is stored, with the revision that only clients change. */
export interface StoredWebhook extends Versioned<Webhook> {
  readonly revision: string;
}

/** The revision that the webhook must have; any, or none, when undefined. */
type RevisionCondition = Pick<StoredWebhook, 'etag' | 'revision'> | undefined;

const partition = 'webhooks';

/** Deliveries that change a webhook while one write of a client is tried again; after them it is refused. */
const maxConflicts = 10;

/** A list reads one row more than it shows, and storage answers 1000 rows at once. */
const maxWebhooks = 999;

/** Opens the webhooks. Every method is one storage transaction, unless it says otherwise. */
export function openWebhooks(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}webhooks`);

  async function read(webhookId: string): Promise<StoredWebhook | undefined> {
    const entity = await table.run((client) => client.getEntity(partition, toKey(webhookId)));
    if (isRefusal(entity)) {
      return undefined;
    }
    const value = fromEntity<Webhook>(entity);
    return { value, etag: entity.etag, revision: value.revision ?? entity.etag };
  }

  const replace = (webhook: Webhook, condition: { readonly etag: string } | undefined) =>
    replaceRow(table, toEntity(partition, toKey(webhook.webhookId), webhook), condition);

  /** Writes under the condition; again when only a delivery has changed the webhook meanwhile. */
  async function underRevision<Written>(
    webhookId: string,
    condition: RevisionCondition,
    write: (condition: RevisionCondition) => Promise<Written | Refusal>,
  ): Promise<Written | Refusal> {
    let current = condition;
    let written = await write(current);
    for (let conflicts = 0; written === 'changed' && conflicts < maxConflicts; conflicts += 1) {
      current = await read(webhookId);
      if (current?.revision !== condition?.revision) {
        break;
      }
      written = await write(current);
    }
    return written;
  }

  return {
    /** Creates or replaces a webhook; its new version. Two transactions more for each delivery that was first. */
    async put(webhook: Webhook, condition?: RevisionCondition) {
      const revised = { ...webhook, revision: randomUUID() };
      const write = (current: RevisionCondition) => replace(revised, current);
      const written = await underRevision(webhook.webhookId, condition, write);
      return isRefusal(written) ? written : { ...written, revision: revised.revision };
    },

    read,

    /** Deletes a webhook, at the cost of a put. */
    delete(webhookId: string, condition?: RevisionCondition) {
      return underRevision(webhookId, condition, (current) => deleteRow(table, partition, toKey(webhookId), current));
    },

    list(limit: number, cursor: string | undefined) {
      return readPage<Webhook>(table, partition, '', limit, cursor);
    },

    /** Every webhook there is. */
    async all(): Promise<readonly Webhook[]> {
      return (await readPage<Webhook>(table, partition, '', maxWebhooks, undefined)).items;
    },

    /**
     * Changes a webhook as it is stored: two transactions, one when `change` is undefined. One with another URL by now, and
     * one that is written at the same time, stay as they are: the next attempt judges them anew. Returns what was written.
     */
    async change(
      webhookId: string,
      url: string,
      change: (webhook: Webhook) => Webhook | undefined,
    ): Promise<Webhook | undefined> {
      const stored = await read(webhookId);
      const changed = stored?.value.url === url ? change(stored.value) : undefined;
      const written = changed && (await replace(changed, stored));
      return isRefusal(written) ? undefined : changed;
    },
  };
}
