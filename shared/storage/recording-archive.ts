/** The archive of recordings in Blob Storage. A blob in it is whole: it is committed only once its bytes were checked. */
import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type BlockBlobClient, RestError } from '@azure/storage-blob';
import { AppError } from '../errors.ts';
import { ifThere, openBlobFolder, unavailable } from './containers.ts';
import type { StorageSettings } from './tables.ts';

/** A blob of the archive. */
export interface StoredFile {
  readonly lengthBytes: number;
  /** Hex digest. */
  readonly sha256: string;
}

/** Bytes that are checked in transit; `facts` returns length and digest after the last byte, or throws what is wrong. */
export interface CheckedBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly facts: () => StoredFile;
}

export type RecordingArchive = ReturnType<typeof openRecordingArchive>;

/** The part of a file that is in memory at a time. A block blob has at most 50,000 blocks, so files of 390 GiB fit. */
const blockBytes = 8 * 1024 * 1024;

/** Opens the archive at a container, or a folder in one. The container is created at its first use. */
export function openRecordingArchive(settings: StorageSettings, url: string) {
  const { container, folder } = openBlobFolder(settings, url);
  const blob = (name: string) => container.getBlockBlobClient(`${folder}${name}`);

  /** The stored file; undefined when there is none. */
  async function find(name: string): Promise<StoredFile | undefined> {
    const found = await ifThere(() => blob(name).getProperties());
    return found && { lengthBytes: Number(found.contentLength), sha256: String(found.metadata?.sha256) };
  }

  return {
    find,

    /**
     * Stores a file, a block at a time, and verifies that it is there. One that is there already stays as it is; throws
     * when that is another file.
     */
    async write(name: string, contentType: string, { bytes, facts }: CheckedBytes): Promise<StoredFile> {
      if (!(await ifThere(() => container.exists()))) {
        await ifThere(() => container.createIfNotExists());
      }
      const blockIds = await stage(blob(name), bytes);
      const file = facts();
      await commit(blob(name), blockIds, contentType, file.sha256);
      const stored = await find(name);
      if (stored?.sha256 !== file.sha256 || stored.lengthBytes !== file.lengthBytes) {
        throw new AppError('storageUnavailable', 'The archive lacks the file that was written. Retry the request.');
      }
      return stored;
    },

    /** Opens a file from a byte on and resumes a broken connection. Throws when the file is missing. */
    async read(name: string, firstByte: number, countBytes: number): Promise<Readable> {
      const answer = await ifThere(() => blob(name).download(firstByte, countBytes, { maxRetryRequests: 3 }));
      if (!answer) {
        throw new AppError('recordingNotReady', 'The file is no longer in the archive.');
      }
      return answer.readableStreamBody as Readable;
    },

    /** Deletes every blob whose name has this prefix. */
    async deleteAll(prefix: string): Promise<void> {
      await ifThere(async () => {
        for await (const { name } of container.listBlobsFlat({ prefix: `${folder}${prefix}` })) {
          await container.getBlobClient(name).deleteIfExists();
        }
      });
    },
  };
}

/** Uploads blocks under ids of their own, so that what an interrupted attempt left never mixes in. */
async function stage(blob: BlockBlobClient, bytes: AsyncIterable<Uint8Array>): Promise<string[]> {
  const attempt = randomUUID();
  const blockIds: string[] = [];
  for await (const block of inBlocks(bytes)) {
    const blockId = Buffer.from(`${attempt}/${String(blockIds.length).padStart(6, '0')}`).toString('base64');
    const transactionalContentMD5 = createHash('md5').update(block).digest();
    await blob.stageBlock(blockId, block, block.length, { transactionalContentMD5 }).catch((error) => {
      throw unavailable(error);
    });
    blockIds.push(blockId);
  }
  return blockIds;
}

/** When another attempt committed first, its blocks are those of the same file. */
async function commit(
  blob: BlockBlobClient,
  blockIds: string[],
  blobContentType: string,
  sha256: string,
): Promise<void> {
  const options = { conditions: { ifNoneMatch: '*' }, blobHTTPHeaders: { blobContentType }, metadata: { sha256 } };
  await blob.commitBlockList(blockIds, options).catch((error) => {
    if (!(error instanceof RestError) || error.statusCode !== 409) {
      throw unavailable(error);
    }
  });
}

async function* inBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes >= blockBytes) {
      yield Buffer.concat(held);
      held = [];
      heldBytes = 0;
    }
  }
  if (heldBytes > 0) {
    yield Buffer.concat(held);
  }
}
