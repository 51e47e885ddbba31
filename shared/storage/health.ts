/**
 * Checks the services of storage by what the app does with each: it writes a row and reads it, and asks for the archive and for
 * a queue.
 */
import type { ContainerClient } from '@azure/storage-blob';
import { errorName } from '../errors.ts';
import { ifThere } from './containers.ts';
import { fromEntity, toEntity } from './document.ts';
import { isThereQueue } from './queues.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

type StorageService = 'tables' | 'blobs' | 'queues';

/** A service that does not work, and the name of the error. */
export interface StorageProblem {
  readonly service: StorageService;
  readonly error: string;
}

const partition = 'health';

/** A text of the kind that storage rejects when it comes as it is. */
const probe = '\u2028\ufffe/\\#?%';

/** Opens the check. No request is made before the first. */
export function openStorageCheck(
  settings: StorageSettings,
  tablePrefix: string,
  archive: ContainerClient,
): () => Promise<readonly StorageProblem[]> {
  const table = openTable(settings, `${tablePrefix}health`);
  const queue = isThereQueue(settings, tablePrefix);

  /** Writes a row in a transaction, as those of calls are written, and reads it. */
  async function checkTables(): Promise<void> {
    const row = toEntity(partition, 'check', { probe });
    await table.run((client) => client.submitTransaction([['upsert', row, 'Replace']]));
    const read = await table.run((client) => client.getEntity(partition, 'check'));
    if (isRefusal(read) || fromEntity<{ probe?: string }>(read).probe !== probe) {
      throw new TypeError('The row is not the one that was written.');
    }
  }

  const checks: Readonly<Record<StorageService, () => Promise<unknown>>> = {
    tables: checkTables,
    blobs: () => ifThere((abortSignal) => archive.exists({ abortSignal })),
    queues: queue,
  };
  const services = ['tables', 'blobs', 'queues'] as const satisfies readonly StorageService[];
  return async () => {
    const results = await Promise.all(
      services.map((service) =>
        checks[service]().then(
          () => [],
          (error) => [{ service, error: errorName(error) }],
        ),
      ),
    );
    return results.flat();
  };
}
