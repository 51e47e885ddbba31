/** The redirects of each call at ACS, over all instances: one row for each, so that a redirect costs one transaction more. */
import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import type { CallRecord } from '../calls/call.ts';
import { fromEntity, toEntity } from './document.ts';
import { removeRows } from './row-removal.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

export type RedirectStore = ReturnType<typeof openRedirects>;

/** Opens the rows, in the table of the call index. The number of a redirect is the key of its row: two that start at once cannot both be the last. */
export function openRedirects(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}callIndex`);

  async function callOf(partitionKey: string, rowKey: string): Promise<string | undefined> {
    const row = await table.run((client) => client.getEntity(partitionKey, rowKey));
    return isRefusal(row) ? undefined : fromEntity<{ callId: string }>(row).callId;
  }

  return {
    /** Counts the redirect of an incoming call, once; false when its call at ACS has been redirected `most` times. */
    async count(call: CallIds, most: number): Promise<boolean> {
      const { callId } = call;
      const partition = partitionOf(call);
      for (let number = 1; number <= most; number += 1) {
        const row = toEntity(partition, String(number), { callId });
        const isCounted = !isRefusal(await table.run((client) => client.createEntity(row)));
        if (isCounted || (await callOf(partition, String(number))) === callId) {
          return true;
        }
      }
      return false;
    },

    /** Removes the rows of a call at ACS. */
    async remove(call: CallIds): Promise<void> {
      const partition = partitionOf(call);
      const filter = odata`PartitionKey eq ${partition}`;
      const keys: string[] = [];
      await table.run(async (client) => {
        for await (const { rowKey } of client.listEntities({ queryOptions: { filter, select: ['RowKey'] } })) {
          keys.push(String(rowKey));
        }
      });
      await removeRows(table, partition, keys);
    },
  };
}

/** The ids of a call. ACS names the server call in each IncomingCall; without it the call is known by its correlation id. */
type CallIds = Pick<CallRecord, 'callId' | 'serverCallId' | 'correlationId'>;

/** ACS's id may be long, and has characters that no key may have. */
function partitionOf({ callId, serverCallId, correlationId }: CallIds): string {
  const id = serverCallId ?? correlationId ?? callId;
  return `redirects:${createHash('sha256').update(id).digest('hex')}`;
}
