/**
 * The index behind lists and housekeeping: the calls that are not over yet, those that are, the longest first, and calls by
 * what they are searched by (shared/calls/facets.ts). It holds ids only. The row of an open call, and later that of the call
 * that is over, names the terms under which the index has the call: so a change writes only the difference, housekeeping sees
 * what a crash left out, and removal finds every row.
 */
import type { TransactionAction } from '@azure/data-tables';
import type { CallRecord } from '../calls/call.ts';
import { type Term, termsOf } from '../calls/facets.ts';
import {
  deletion,
  difference,
  type Indexed,
  type IndexedKept,
  type IndexedOpen,
  type IndexedOver,
  type KeptApart,
  keptKey,
  keptRows,
  openKey,
  openRow,
  overKey,
  overOf,
  partition,
  termKey,
  toOpen,
} from './call-index-rows.ts';
import { fromEntity, toEntity } from './document.ts';
import { openKeyedHash } from './keyed-hash.ts';
import { keysWith, type RowPage, readRange } from './page.ts';
import { type Order, type Period, postingRange } from './postings.ts';
import { isRefusal, openTable, rowsPerTransaction, type StorageSettings } from './tables.ts';

/** Reads a call as it is now. */
type ReadCall = (callId: string) => Promise<{ readonly record: CallRecord } | undefined>;

export type CallIndex = ReturnType<typeof openCallIndex>;

/** More legs in one call at ACS are not looked at (not documented: chosen here). */
const maxLegs = 20;

/** Write conflicts with other processes that index the same call; after them the rows are written without a condition. */
const mostConflicts = 3;

/** The table of the index, which also has the key by which values are hashed. */
export const callIndexTable = (tablePrefix: string) => `${tablePrefix}callIndex`;

/** Opens the index. With `hasAcsIds`, Event Grid's events find a call by ACS's ids as soon as it has them. */
export function openCallIndex(settings: StorageSettings, tablePrefix: string, hasAcsIds = false) {
  const tableName = callIndexTable(tablePrefix);
  const table = openTable(settings, tableName);
  const hash = openKeyedHash(settings, tableName);

  const keyOf = (term: Term) => termKey(term, hash);
  const keysOf = async (call: CallRecord) => (await Promise.all(termsOf(call).map(keyOf))).toSorted();

  /** Writes rows and removes others in one transaction, if it takes them all and those to remove are there. */
  async function change(puts: readonly TransactionAction[], removals: readonly string[]): Promise<void> {
    const all = [...puts, ...removals.map(deletion)];
    if (all.length === 0 || (all.length <= rowsPerTransaction && !isRefusal(await submit(all)))) {
      return;
    }
    for (let first = 0; first < puts.length; first += rowsPerTransaction) {
      await submit(puts.slice(first, first + rowsPerTransaction));
    }
    for (const key of removals) {
      await table.run((client) => client.deleteEntity(partition, key));
    }
  }

  const submit = (actions: readonly TransactionAction[]) =>
    table.run((client) => client.submitTransaction([...actions]));

  async function readOpen(callId: string): Promise<{ readonly open: IndexedOpen; readonly etag: string } | undefined> {
    const entity = await table.run((client) => client.getEntity(partition, openKey(callId)));
    return isRefusal(entity) ? undefined : { open: toOpen(entity), etag: entity.etag };
  }

  async function readOver(call: CallRecord): Promise<IndexedOver | undefined> {
    const entity = await table.run((client) => client.getEntity(partition, overKey(overOf(call))));
    return isRefusal(entity) ? undefined : fromEntity<IndexedOver>(entity);
  }

  /** Writes what the index lacks of a call; false when another process has written meanwhile, unless that is not to matter. */
  async function isIndexed(before: CallRecord, call: CallRecord, anyway: boolean): Promise<boolean> {
    const { callId, createdAt } = call;
    const stored = await readOpen(callId);
    const known = stored?.open.terms.length ? stored.open.terms : ((await readOver(before))?.terms ?? []);
    const terms = await keysOf(call);
    const { puts, removals } = difference(call, known, terms);
    const row = openRow({ ...stored?.open, callId, createdAt, terms });
    const open: TransactionAction = stored ? ['update', row, 'Replace', { etag: stored.etag }] : ['create', row];
    const all = [open, ...puts, ...removals.map(deletion)];
    if (all.length <= rowsPerTransaction && !anyway) {
      return !isRefusal(await submit(all));
    }
    await change([['upsert', row, 'Replace'], ...puts], removals);
    return true;
  }

  return {
    /** Lists a call from now on: among the open ones, and under everything that is known of it. One transaction. */
    async add(call: CallRecord): Promise<IndexedOpen> {
      const { callId, createdAt } = call;
      const terms = await keysOf(call);
      const open = { callId, createdAt, terms };
      await change([['upsert', openRow(open), 'Replace'], ...difference(call, [], terms).puts], []);
      return open;
    },

    /**
     * Indexes what has changed of a call. Two transactions, one more for a call that was over; the call is read anew after
     * another process has indexed it meanwhile.
     */
    async update(before: CallRecord, after: CallRecord, read: ReadCall): Promise<void> {
      let call: CallRecord | undefined = after;
      for (let conflicts = 0; call && !(await isIndexed(before, call, conflicts === mostConflicts)); conflicts += 1) {
        call = (await read(call.callId))?.record;
      }
    },

    /** Whether the index has the call under all that is known of it, and under nothing else. */
    async isCurrent({ terms }: IndexedOpen, call: CallRecord): Promise<boolean> {
      return JSON.stringify(terms) === JSON.stringify(await keysOf(call));
    },

    /** Makes a call findable by the ids that ACS has given it; no transaction unless Event Grid's events need it. */
    async addAcsIds(call: CallRecord): Promise<void> {
      if (hasAcsIds) {
        const ids = termsOf(call).filter(({ facet }) => facet === 'correlationId' || facet === 'serverCallId');
        await change(difference(call, [], await Promise.all(ids.map(keyOf))).puts, []);
      }
    },

    /** The calls that ACS knows by this id: the facet says whether it is a correlation id or a server call id. */
    async callsOf(facet: 'correlationId' | 'serverCallId', value: string): Promise<readonly Indexed[]> {
      return (await this.search({ list: 'calls', facet, value }, 'newest', {}, maxLegs, undefined)).items;
    },

    /** One page of the calls under a term, within a period. The position is that of an earlier page. */
    async search(
      term: Term,
      order: Order,
      period: Period,
      limit: number,
      position: string | undefined,
    ): Promise<RowPage<Indexed>> {
      const range = postingRange(await keyOf(term), order, period);
      return readRange(table, partition, range, limit, position, fromEntity<Indexed>);
    },

    /** One page of the calls that are not over yet, or that housekeeping has not yet seen to be. */
    listOpen(limit: number, position: string | undefined): Promise<RowPage<IndexedOpen>> {
      return readRange(table, partition, keysWith(openKey('')), limit, position, toOpen);
    },

    /** Lists an ended call for housekeeping again, because it has unsent messages or buffered events. */
    async reopen({ callId, createdAt }: CallRecord, reopenedAt: string): Promise<void> {
      const row = toEntity(partition, openKey(callId), { callId, createdAt, reopenedAt });
      await table.run((client) => client.upsertEntity(row, 'Merge'));
    },

    /**
     * The call has ended: housekeeping skips it until its retention is over, or that of what is kept apart. What was not
     * indexed of it is.
     */
    async close(call: CallRecord, known: readonly string[], overSince = overOf(call).overSince): Promise<void> {
      const { callId, createdAt } = call;
      const terms = await keysOf(call);
      const over = { callId, createdAt, overSince, terms };
      const { removals } = difference(call, known, terms);
      const { puts } = difference(call, [], terms);
      const row: TransactionAction = ['upsert', toEntity(partition, overKey(over), over), 'Replace'];
      await change([row, ...keptRows(call, over), ...puts], [openKey(callId), ...removals]);
    },

    /** The calls that have been over for longest. */
    async listOver(limit: number): Promise<readonly IndexedOver[]> {
      return (await readRange(table, partition, keysWith('over:'), limit, undefined, fromEntity<IndexedOver>)).items;
    },

    /** The calls that have been over for longest, of those that have something of this kind. */
    async listKept(kind: KeptApart, limit: number): Promise<readonly IndexedKept[]> {
      return (await readRange(table, partition, keysWith(`${kind}:`), limit, undefined, fromEntity<IndexedKept>)).items;
    },

    /** Takes a call off that list: there is nothing left, or it is listed anew. */
    async dropKept(kind: KeptApart, kept: IndexedKept): Promise<void> {
      await table.run((client) => client.deleteEntity(partition, keptKey(kind, kept)));
    },

    /** Lists a call as if it were over since another time, so that it is looked at again then. */
    async postponeKept(kind: KeptApart, kept: IndexedKept, overSince: string): Promise<void> {
      const later = { ...kept, overSince };
      const row = toEntity(partition, keptKey(kind, later), later);
      await table.run((client) => client.upsertEntity(row, 'Replace'));
      await this.dropKept(kind, kept);
    },

    /** Takes a call that was never stored out of the index. */
    async drop(indexed: IndexedOpen): Promise<void> {
      await change([], [...difference(indexed, indexed.terms, []).removals, openKey(indexed.callId)]);
    },

    /** Removes the rows that a replay of the call's request wrote, at a time that is not the call's. */
    async dropStray(call: CallRecord, stray: IndexedOpen): Promise<void> {
      if (stray.createdAt !== call.createdAt) {
        await this.add(call);
        await change([], difference(stray, stray.terms, []).removals);
      }
    },

    /** Takes a call that was revived off those that are over. */
    async dropOver(over: IndexedOver, call: CallRecord): Promise<void> {
      const { removals } = difference(over, over.terms, await keysOf(call));
      await change([], [...removals, overKey(over)]);
    },

    /** The entry of a call that is over, with every term that the index may have of it: for its removal. Two transactions. */
    async entryOf(call: CallRecord): Promise<IndexedOver> {
      const [open, over, terms] = [await readOpen(call.callId), await readOver(call), await keysOf(call)];
      const all = new Set([...(open?.open.terms ?? []), ...(over?.terms ?? []), ...terms]);
      return { ...overOf(call), createdAt: call.createdAt, terms: [...all] };
    },

    /** Takes a call out of the index: last off the list by which it is found to be removed. */
    async remove(over: IndexedOver, call: CallRecord | undefined): Promise<void> {
      const terms = new Set([...over.terms, ...(call ? await keysOf(call) : [])]);
      await change([], difference(over, [...terms], []).removals);
      const kept = (['content', 'recordings'] as const).map((kind) => keptKey(kind, over));
      for (const key of [...kept, openKey(over.callId), overKey(over)]) {
        await table.run((client) => client.deleteEntity(partition, key));
      }
    },
  };
}
