/** The operations of a call in their partition: how far each is, and the list of them by time. */
import type { TransactionAction } from '@azure/data-tables';
import type { TimelineEntry } from '../calls/timeline.ts';
import { progressOf } from './call-entities.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { keysWith, readRange } from './page.ts';
import { type Period, postingKeys, postingRange } from './postings.ts';
import type { Table } from './tables.ts';

/** An operation in the list of its call. */
interface ListedOperation {
  readonly operationId: string;
  readonly createdAt: string;
}

const operationPrefix = 'operation:';

/** Opens the lists in the table of the ledger. A page is one storage transaction. */
export function openOperationLists(table: Table) {
  return {
    /** The operations of a call that ACS has responded to, the newest first; one page. */
    page(callId: string, period: Period, limit: number, position: string | undefined) {
      const range = postingRange('requested', 'newest', period);
      return readRange(table, toKey(callId), range, limit, position, fromEntity<ListedOperation>);
    },

    /** How far each operation of a call is, in no order of time; one page. */
    progress(callId: string, limit: number, position: string | undefined) {
      const range = keysWith(operationPrefix);
      return readRange(table, toKey(callId), range, limit, position, (entity: { readonly rowKey?: string }) => ({
        operationId: String(entity.rowKey).slice(operationPrefix.length),
        status: progressOf(entity).status,
      }));
    },
  };
}

/** The request of an operation also lists it with the call. */
export function listingRow(partition: string, { kind, at, operationId }: TimelineEntry): TransactionAction[] {
  if (kind !== 'requested' || operationId === undefined) {
    return [];
  }
  const listed: ListedOperation = { operationId, createdAt: at };
  return postingKeys(['requested'], { id: operationId, createdAt: at }, ['newest']).map((key) => [
    'upsert',
    toEntity(partition, key, listed),
    'Replace',
  ]);
}
