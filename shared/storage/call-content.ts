/**
 * Takes digits, speech and prompts out of what the ledger has of a call that is over: of the inputs and results of its
 * operations, of the events of ACS, and the digits that were reported one by one. Everything else of the call stays.
 */
import { odata } from '@azure/data-tables';
import type { RawEvent } from '../calls/event.ts';
import { eventWithoutContent, inputWithoutContent, resultWithoutContent } from '../calls/masking.ts';
import { progressOf } from './call-entities.ts';
import { fromProperties, toEntity, toKey, toProperties } from './document.ts';
import { openIntents } from './intents.ts';
import { removeRows } from './row-removal.ts';
import { isRefusal, openTable, type StorageSettings, type Table } from './tables.ts';

export interface CallContent {
  /** Removes the content of a call. The same again, or after a crash, removes the rest. Answers how many rows had some. */
  remove(callId: string): Promise<number>;
  /** Removes the content of the input of one operation; whether it had some. */
  removeInput(operationId: string): Promise<boolean>;
}

/** A row as storage answers it. */
interface Row {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
}

/** Opens the removal. No request is made before the first use. */
export function openCallContent(settings: StorageSettings, tablePrefix: string): CallContent {
  const table = openTable(settings, `${tablePrefix}calls`);
  const { changeIntent } = openIntents(table);

  async function removeInput(operationId: string): Promise<boolean> {
    const changed = await changeIntent(operationId, (intent) => {
      const input = inputWithoutContent(intent.input);
      return input && { ...intent, input };
    });
    return changed !== undefined;
  }

  /** Writes a row as it is to be; one that another process has changed since is left to the next run. */
  async function replace(row: Row, without: object): Promise<void> {
    const { partitionKey, rowKey, etag } = row;
    const entity = { ...without, partitionKey, rowKey };
    if (isRefusal(await table.run((client) => client.updateEntity(entity, 'Replace', { etag })))) {
      throw new Error('another process has written a row of the call meanwhile');
    }
  }

  return {
    removeInput,

    async remove(callId) {
      let removed = 0;
      for await (const rows of pagesOf(table, toKey(callId))) {
        for (const row of rows) {
          const without = withoutContent(row);
          if (without) {
            await replace(row, without);
            removed += 1;
          }
          const operationId = operationOf(row, callId);
          removed += operationId !== undefined && (await removeInput(operationId)) ? 1 : 0;
        }
        const digits = rows.map(({ rowKey }) => rowKey).filter((key) => key.startsWith('digit:'));
        await removeRows(table, toKey(callId), digits);
        removed += digits.length;
      }
      return removed;
    },
  };
}

/** The rows of a call, a page of up to 1,000 at a time: one storage transaction each. */
async function* pagesOf(table: Table, partitionKey: string): AsyncGenerator<readonly Row[]> {
  const queryOptions = { filter: odata`PartitionKey eq ${partitionKey}` };
  let position: string | undefined;
  do {
    let rows: readonly Row[] = [];
    const from = position === undefined ? {} : { continuationToken: position };
    position = undefined;
    await table.run(async (client) => {
      for await (const page of client.listEntities({ queryOptions }).byPage(from)) {
        rows = page.map((one) => ({ ...one, partitionKey, rowKey: String(one.rowKey) }));
        position = page.continuationToken;
        break;
      }
    });
    yield rows;
  } while (position !== undefined);
}

/** The operation whose intent a row leads to. The one that made the call has the call's id. */
function operationOf({ rowKey }: Row, callId: string): string | undefined {
  return rowKey === 'intent' ? callId : /^(?:operation|asked):(.+)$/.exec(rowKey)?.[1];
}

/** The properties of a row without digits and speech; undefined when it has none. */
function withoutContent(row: Row): object | undefined {
  if (row.rowKey.startsWith('operation:')) {
    const progress = progressOf(row);
    const result = progress.result && resultWithoutContent(progress.result);
    return result && toEntity(row.partitionKey, row.rowKey, { ...progress, result });
  }
  const raw = fromProperties<RawEvent>('raw', row);
  const without = raw && eventWithoutContent(raw);
  if (!without) {
    return undefined;
  }
  const others = Object.entries(row).filter(([name]) => !/^raw\d+$/.test(name) && !/^etag$|^timestamp$/.test(name));
  return { ...Object.fromEntries(others), ...toProperties('raw', without) };
}
