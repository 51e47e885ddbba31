/** Writes of single rows under a condition on what is stored. */
import type { TableEntity } from '@azure/data-tables';
import { isRefusal, type Refusal, type Table } from './tables.ts';

/** The version that a row must have; any, or none, when undefined. */
export type WriteCondition = { readonly etag: string } | undefined;

/** A row as it is stored. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag: string;
}

/** Replaces a row, or creates it where there is no condition. The ETag of what was written, or why it was refused. */
export async function replaceRow(
  table: Table,
  row: TableEntity<Record<string, string>>,
  condition: WriteCondition,
): Promise<{ readonly etag: string } | Refusal> {
  if (!condition) {
    return etagIn(await table.run((client) => client.upsertEntity(row, 'Replace')));
  }
  const written = await table.run((client) => client.updateEntity(row, 'Replace', { etag: condition.etag }));
  return written === 'changed' ? ownRow(table, row) : etagIn(written);
}

/** The SDK retries a write whose acknowledgement was lost; that is refused, because its first try has changed the ETag. */
async function ownRow(table: Table, row: TableEntity<Record<string, string>>): Promise<{ etag: string } | Refusal> {
  const stored = await table.run((client) => client.getEntity(row.partitionKey, row.rowKey));
  const isOwn = !isRefusal(stored) && Object.entries(row).every(([name, value]) => Object(stored)[name] === value);
  return isOwn ? { etag: stored.etag } : 'changed';
}

/** Deletes a row under a condition; `missing` or `changed` when there is none, or one of another version. */
export async function deleteRow(
  table: Table,
  partition: string,
  key: string,
  condition: WriteCondition,
): Promise<'deleted' | Refusal> {
  const deleted = await table.run((client) => client.deleteEntity(partition, key, { etag: condition?.etag ?? '*' }));
  return isRefusal(deleted) ? deleted : 'deleted';
}

function etagIn(written: { readonly etag?: string } | Refusal): { readonly etag: string } | Refusal {
  return isRefusal(written) ? written : { etag: String(written.etag) };
}
