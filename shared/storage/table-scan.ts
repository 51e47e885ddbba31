/** Reads a table from its first row to its last, a page at a time, for what no key leads to. */
import { openTable, type StorageSettings } from './tables.ts';

/** A row: its keys, and all its documents as one text. */
export interface ScannedRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly text: string;
  readonly entity: object;
}

export interface ScanPage {
  readonly rows: readonly ScannedRow[];
  readonly next?: string | undefined;
}

/** One page from a position on, one storage transaction. Storage may answer fewer rows, or none, before the last page. */
export type TableScan = (position: string | undefined) => Promise<ScanPage>;

/** The most rows that Table Storage answers at once. */
const rowsPerPage = 1000;

/** Opens the scan of a table, of all its rows or of those that a filter selects. */
export function openTableScan(settings: StorageSettings, tableName: string, filter?: string): TableScan {
  const table = openTable(settings, tableName);
  const queryOptions = filter === undefined ? {} : { filter };
  return async (position) => {
    let scanned: ScanPage = { rows: [] };
    await table.run(async (client) => {
      const from = { maxPageSize: rowsPerPage, ...(position !== undefined && { continuationToken: position }) };
      for await (const page of client.listEntities({ queryOptions }).byPage(from)) {
        scanned = { rows: page.map(rowOf), next: page.continuationToken };
        break;
      }
    });
    return scanned;
  };
}

function rowOf(entity: object): ScannedRow {
  const { partitionKey, rowKey } = entity as { readonly partitionKey: string; readonly rowKey: string };
  return { partitionKey, rowKey, text: textOf(entity), entity };
}

/** The documents of an entity, each piece behind the one before: a word may be in two of them. */
function textOf(entity: object): string {
  return Object.entries(entity)
    .filter(([name, value]) => typeof value === 'string' && /^[a-z]+\d+$/.test(name))
    .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([, value]) => value)
    .join('');
}
