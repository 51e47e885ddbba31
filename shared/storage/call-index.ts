/**
 * The index behind lists and housekeeping: newest calls first, the calls that are not over yet, those that are, the longest
 * first, and calls by the ids that ACS has of them. It holds ids only.
 */
import { createHash } from 'node:crypto';
import type { TransactionAction } from '@azure/data-tables';
import type { CallRecord } from '../calls/call.ts';
import { newestFirst, toEntity } from './document.ts';
import { readPage } from './page.ts';
import { openTable, type StorageSettings } from './tables.ts';

/** What a row points at. */
export interface Indexed {
  readonly callId: string;
  readonly createdAt: string;
  /** When a call that was over was listed among the open ones again. */
  readonly reopenedAt?: string;
}

/** A call that is over, and since when. */
export interface IndexedOver extends Indexed {
  readonly overSince: string;
}

export type CallIndex = ReturnType<typeof openCallIndex>;

const partition = 'calls';

/** More legs in one call at ACS are not looked at (not documented: chosen here). */
const maxLegs = 20;

/** What ACS calls a call; each id may be of several calls of Switchboard's, its legs in one call at ACS. */
type AcsIds = Pick<CallRecord, 'correlationId' | 'serverCallId'>;

/** Opens the index. Every method is one storage transaction. Without `hasAcsIds`, calls are not found by ACS's ids. */
export function openCallIndex(settings: StorageSettings, tablePrefix: string, hasAcsIds = false) {
  const table = openTable(settings, `${tablePrefix}callIndex`);

  const acsKeys = (callId: string, ids: AcsIds) => (hasAcsIds ? acsKeysOf(callId, ids) : []);

  async function put({ callId, createdAt }: CallRecord, keys: readonly string[]): Promise<void> {
    const row: Indexed = { callId, createdAt };
    const rows = keys.map((key): TransactionAction => ['upsert', toEntity(partition, key, row), 'Replace']);
    await table.run((client) => client.submitTransaction(rows));
  }

  return {
    /** Lists a call from now on: among the calls, among the open ones, and among the incoming ones if it came in. */
    async add(call: CallRecord): Promise<void> {
      const { callId, createdAt, incoming } = call;
      const at = newestFirst(createdAt);
      const keys = [`recent:${at}:${callId}`, `open:${callId}`, ...acsKeys(callId, call)];
      await put(call, incoming ? [...keys, `incoming:${at}:${callId}`] : keys);
    },

    /** Makes a call findable by the ids that ACS has given it; no transaction where that is off. */
    async addAcsIds(call: CallRecord): Promise<void> {
      const keys = acsKeys(call.callId, call);
      if (keys.length > 0) {
        await put(call, keys);
      }
    },

    /** The calls with this correlation id or server call id. */
    async callsOf(acsId: string): Promise<readonly Indexed[]> {
      return (await readPage<Indexed>(table, partition, acsPrefix(acsId), maxLegs, undefined)).items;
    },

    /** One page of a list. */
    list(kind: 'recent' | 'incoming' | 'open', limit: number, cursor: string | undefined) {
      return readPage<Indexed>(table, partition, `${kind}:`, limit, cursor);
    },

    /** Lists an ended call for housekeeping again, because it has unsent messages or buffered events. */
    async reopen({ callId, createdAt }: CallRecord, reopenedAt: string): Promise<void> {
      const row: Indexed = { callId, createdAt, reopenedAt };
      await table.run((client) => client.upsertEntity(toEntity(partition, `open:${callId}`, row), 'Replace'));
    },

    /** The call has ended: housekeeping skips it until its retention is over. */
    async close(over: IndexedOver): Promise<void> {
      const rows: TransactionAction[] = [
        ['upsert', toEntity(partition, overKey(over), over), 'Replace'],
        ['delete', { partitionKey: partition, rowKey: `open:${over.callId}` }],
      ];
      await table.run((client) => client.submitTransaction(rows));
    },

    /** The calls that have been over for longest. */
    async listOver(limit: number): Promise<readonly IndexedOver[]> {
      return (await readPage<IndexedOver>(table, partition, 'over:', limit, undefined)).items;
    },

    /** Takes a call that was never stored off the lists on which it was put before. */
    async drop({ callId, createdAt }: Indexed): Promise<void> {
      for (const key of [`recent:${newestFirst(createdAt)}:${callId}`, `open:${callId}`]) {
        await table.run((client) => client.deleteEntity(partition, key));
      }
    },

    /** Removes the row that a replay of the call's request put among the calls, at a time that is not the call's. */
    async dropStray(call: CallRecord, strayCreatedAt: string): Promise<void> {
      const { callId, createdAt } = call;
      if (strayCreatedAt !== createdAt) {
        await this.add(call);
        await table.run((client) => client.deleteEntity(partition, `recent:${newestFirst(strayCreatedAt)}:${callId}`));
      }
    },

    /** Takes a call that was revived off those that are over. */
    async dropOver(over: IndexedOver): Promise<void> {
      await table.run((client) => client.deleteEntity(partition, overKey(over)));
    },

    /** Takes a call off every list: last off the one by which it is found to be removed. */
    async remove(over: IndexedOver, ids: AcsIds): Promise<void> {
      const { callId, createdAt } = over;
      const at = newestFirst(createdAt);
      const lists = [`recent:${at}:${callId}`, `incoming:${at}:${callId}`, `open:${callId}`];
      for (const key of [...lists, ...acsKeysOf(callId, ids), overKey(over)]) {
        await table.run((client) => client.deleteEntity(partition, key));
      }
    },
  };
}

function acsKeysOf(callId: string, { correlationId, serverCallId }: AcsIds): string[] {
  return [correlationId, serverCallId].flatMap((id) => (id === undefined ? [] : [`${acsPrefix(id)}${callId}`]));
}

/** A digest: a server call id is long, and may have characters that a key must not have. */
function acsPrefix(acsId: string): string {
  return `acs:${createHash('sha256').update(acsId).digest('base64url')}:`;
}

function overKey({ overSince, callId }: IndexedOver): string {
  return `over:${overSince}:${callId}`;
}
