/** Lists of operations as they are stored: those of a call, and over all calls those that did not succeed. */
import { isUnsuccessful, type Operation, toOperation } from '../../calls/operation-life/operation-record.ts';
import type { IndexedOperation } from '../../storage/operation-index.ts';
import type { Ledger } from '../ledger.ts';

type Reader = Pick<Ledger, 'calls'>;

const pageSize = 1000;

/** An operation as it is stored; one that is overdue settles when it is read by itself. Two storage transactions. */
export async function storedOperation({ calls }: Reader, operationId: string): Promise<Operation | undefined> {
  const intent = await calls.readIntent(operationId);
  return intent && toOperation(intent, await calls.readProgress(intent.callId, operationId));
}

/** The operations of a call that did not succeed: one transaction for 1,000 operations, and one for each that is found. */
export async function unsuccessfulOf({ calls }: Reader, callId: string): Promise<readonly IndexedOperation[]> {
  const found: IndexedOperation[] = [];
  let position: string | undefined;
  do {
    const page = await calls.listProgress(callId, pageSize, position);
    for (const { operationId, status } of page.items.filter((one) => isUnsuccessful(one.status))) {
      const intent = await calls.readIntent(operationId);
      if (intent) {
        found.push({ operationId, callId, createdAt: intent.createdAt, name: intent.name, status });
      }
    }
    position = page.nextCursor;
  } while (position !== undefined);
  return found;
}
