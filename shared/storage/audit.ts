/** The rows of the audit trail, the newest first. They are inserted, read and, when they are old, removed; nothing changes one. */
import { randomBytes } from 'node:crypto';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { fromEntity, newestFirst, toEntity } from './document.ts';
import { type RowPage, readRange } from './page.ts';
import { type Period, postingRange } from './postings.ts';
import { removeRows } from './row-removal.ts';
import { openTable, rowsPerTransaction, type StorageSettings } from './tables.ts';

export type AuditTrail = ReturnType<typeof openAuditTrail>;

/** All rows share a partition, so that the trail has one order. */
const partition = 'audit';
const term = 'at';
const randomPart = 6;

/** Opens the trail. No request is made before the first use. */
export function openAuditTrail(settings: StorageSettings, tablePrefix: string, days: number) {
  const table = openTable(settings, `${tablePrefix}audit`);
  return {
    /** Adds an entry: one transaction. */
    async append(entry: Omit<AuditEntry, 'auditId'>): Promise<void> {
      const auditId = `${newestFirst(entry.at)}-${randomBytes(randomPart).toString('hex')}`;
      const row = toEntity(partition, keyOf(auditId), { auditId, ...entry });
      await table.run((client) => client.createEntity(row));
    },

    /** One page of the entries of a period. */
    page(period: Period, limit: number, position: string | undefined): Promise<RowPage<AuditEntry>> {
      const range = postingRange(term, 'newest', period);
      return readRange(table, partition, range, limit, position, fromEntity<AuditEntry>);
    },

    /** Removes what is older than it is kept: a read and a transaction for each 100 entries. */
    async removeExpired(now: string): Promise<void> {
      const before = new Date(Date.parse(now) - days * 86_400_000).toISOString();
      const range = postingRange(term, 'newest', { before });
      for (;;) {
        const { positions } = await readRange(table, partition, range, rowsPerTransaction, undefined, fromEntity);
        if (positions.length === 0) {
          return;
        }
        await removeRows(table, partition, positions);
      }
    },
  };
}

function keyOf(auditId: string): string {
  return `${term}:newest:${auditId.replace('-', ':')}`;
}
