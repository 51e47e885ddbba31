/** How far a scan of a table has got that takes several runs of a timer, so that each run goes on where the one before ended. */
import { fromEntity, toEntity } from './document.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

export interface ScanProgress {
  /** Where the next run goes on; absent between two scans. */
  readonly position?: string | undefined;
  /** When the last scan was done. */
  readonly doneAt?: string;
}

export interface ScanProgressStore {
  read(): Promise<ScanProgress>;
  write(progress: ScanProgress): Promise<void>;
}

const partition = 'scans';

/** Opens the progress of one scan. Every method is one storage transaction. */
export function openScanProgress(settings: StorageSettings, tableName: string, scan: string): ScanProgressStore {
  const table = openTable(settings, tableName);
  return {
    async read() {
      const entity = await table.run((client) => client.getEntity(partition, scan));
      return isRefusal(entity) ? {} : fromEntity<ScanProgress>(entity);
    },
    async write(progress) {
      await table.run((client) => client.upsertEntity(toEntity(partition, scan, progress), 'Replace'));
    },
  };
}
