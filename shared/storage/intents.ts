/** The intents of operations, each in the partition of its operation; a change of one is conditional on its ETag. */
import type { Intent } from '../calls/operation-life/operation-record.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { isRefusal, type Table } from './tables.ts';

/** Opens the intents in the table of the ledger. A change is two storage transactions, anything else one. */
export function openIntents(table: Table) {
  const row = 'intent';

  async function read(operationId: string): Promise<{ readonly intent: Intent; readonly etag: string } | undefined> {
    const entity = await table.run((client) => client.getEntity(toKey(operationId), row));
    return isRefusal(entity) ? undefined : { intent: fromEntity<Intent>(entity), etag: entity.etag };
  }

  /** Changes an intent; undefined when `change` declines, or another process has changed it meanwhile. */
  async function changeIntent(
    operationId: string,
    change: (intent: Intent) => Intent | undefined,
  ): Promise<Intent | undefined> {
    const known = await read(operationId);
    const changed = known && change(known.intent);
    if (!changed) {
      return undefined;
    }
    const entity = toEntity(toKey(operationId), row, changed);
    const outcome = await table.run((client) => client.updateEntity(entity, 'Replace', { etag: known.etag }));
    return isRefusal(outcome) ? undefined : changed;
  }

  return {
    /** The intent of an operation. */
    readIntent: async (operationId: string): Promise<Intent | undefined> => (await read(operationId))?.intent,

    changeIntent,

    /** Removes the intent of an operation whose call is gone. */
    async removeIntent(operationId: string): Promise<void> {
      await table.run((client) => client.deleteEntity(toKey(operationId), row));
    },

    /** Marks an attempt as withdrawn, unless another has replaced it; false while its intent is not stored, which it may be later. */
    async withdraw(operationId: string, attemptId: string): Promise<boolean> {
      const isCurrent = (intent: Intent) => intent.attemptId === attemptId && !intent.withdrawn;
      const intent = (await read(operationId))?.intent;
      if (!intent || !isCurrent(intent)) {
        return intent !== undefined;
      }
      const mark = (one: Intent) => (isCurrent(one) ? { ...one, withdrawn: true as const } : undefined);
      return (await changeIntent(operationId, mark)) !== undefined;
    },
  };
}
