/** The webhooks as stored: one row each, read together, as a team has a few of them. */
import type { Webhook } from '../webhooks/webhook.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { readPage } from './page.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

export type WebhookStore = ReturnType<typeof openWebhooks>;

const partition = 'webhooks';

/** A list reads one row more than it shows, and storage answers 1000 rows at once. */
const maxWebhooks = 999;

/** Opens the webhooks. Every method is one storage transaction, unless it says otherwise. */
export function openWebhooks(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}webhooks`);

  return {
    /** Creates or replaces a webhook. */
    async put(webhook: Webhook): Promise<void> {
      await table.run((client) =>
        client.upsertEntity(toEntity(partition, toKey(webhook.webhookId), webhook), 'Replace'),
      );
    },

    async get(webhookId: string): Promise<Webhook | undefined> {
      const entity = await table.run((client) => client.getEntity(partition, toKey(webhookId)));
      return isRefusal(entity) ? undefined : fromEntity<Webhook>(entity);
    },

    /** False when there was no such webhook. */
    async delete(webhookId: string): Promise<boolean> {
      return !isRefusal(await table.run((client) => client.deleteEntity(partition, toKey(webhookId))));
    },

    list(limit: number, cursor: string | undefined) {
      return readPage<Webhook>(table, partition, '', limit, cursor);
    },

    /** Every webhook there is. */
    async all(): Promise<readonly Webhook[]> {
      return (await readPage<Webhook>(table, partition, '', maxWebhooks, undefined)).items;
    },

    /** Disables a webhook whose receiver unsubscribed: two transactions. One with another URL by now stays enabled. */
    async disable(webhookId: string, url: string): Promise<void> {
      const entity = await table.run((client) => client.getEntity(partition, toKey(webhookId)));
      const webhook = isRefusal(entity) ? undefined : fromEntity<Webhook>(entity);
      if (webhook?.url === url && !isRefusal(entity)) {
        const disabled: Webhook = { ...webhook, enabled: false, disabledBy: 'receiver' };
        const row = toEntity(partition, toKey(webhookId), disabled);
        await table.run((client) => client.updateEntity(row, 'Replace', { etag: entity.etag }));
      }
    },
  };
}
