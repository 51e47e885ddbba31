/** Whether a storage connection string can be used: the SDKs that will read it decide. */
import { TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';

/** Whether the clients of tables, blobs and queues can be made of it. No request is made. */
export function isStorageConnectionString(text: string): boolean {
  try {
    for (const client of [TableServiceClient, BlobServiceClient, QueueServiceClient]) {
      client.fromConnectionString(text);
    }
    return true;
  } catch {
    return false;
  }
}
