/** The archive of recordings in Blob Storage. A blob in it is whole: it is committed only once its bytes were checked. */
import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  type BlobClient,
  type BlockBlobClient,
  type BlockBlobCommitBlockListOptions,
  RestError,
} from '@azure/storage-blob';
import { AppError } from '../errors.ts';
import { openBlobLinks } from './blob-links.ts';
import { ifThere, inTime, openBlobFolder, unavailable } from './containers.ts';
import type { StorageSettings } from './tables.ts';

/** What identifies the content of a file. */
export interface FileFacts {
  readonly lengthBytes: number;
  /** Hex digest. */
  readonly sha256: string;
}

/** A blob of the archive. */
export interface StoredFile extends FileFacts {
  readonly etag: string;
  /** ACS's document that it is a copy of. */
  readonly documentId?: string;
}

/** How a blob is written. */
interface WriteOptions {
  readonly documentId?: string;
  /** The ETag of the blob that it replaces; without one the name must be free. */
  readonly replacing?: string | undefined;
}

/** Bytes that are checked in transit; `facts` returns length and digest after the last byte, or throws what is wrong. */
export interface CheckedBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly facts: () => FileFacts;
}

export type RecordingArchive = ReturnType<typeof openRecordingArchive>;

/** The part of a file that is in memory at a time. A block blob has at most 50,000 blocks, so files of 390 GiB fit. */
const blockBytes = 8 * 1024 * 1024;

/**
 * Opens the archive at a container, or a folder in one. The container is created at its first use. With `linkSeconds`, and a
 * managed identity, it makes links to its files.
 */
export function openRecordingArchive(settings: StorageSettings, url: string, linkSeconds?: number) {
  const { container, folder, byIdentity } = openBlobFolder(settings, url);
  const blob = (name: string) => container.getBlockBlobClient(`${folder}${name}`);

  /** The stored file; undefined when there is none. */
  async function find(name: string): Promise<StoredFile | undefined> {
    const found = await ifThere((abortSignal) => blob(name).getProperties({ abortSignal }));
    const documentId = found?.metadata?.document;
    return (
      found && {
        lengthBytes: Number(found.contentLength),
        sha256: String(found.metadata?.sha256),
        etag: String(found.etag),
        ...(documentId !== undefined && { documentId: decodeURIComponent(documentId) }),
      }
    );
  }

  async function read(name: string, firstByte: number, countBytes: number): Promise<Readable> {
    const answer = await ifThere((abortSignal) =>
      blob(name).download(firstByte, countBytes, { maxRetryRequests: 3, abortSignal }),
    );
    if (!answer) {
      throw new AppError('recordingNotReady', 'The file is no longer in the archive.');
    }
    return answer.readableStreamBody as Readable;
  }

  const links = byIdentity && linkSeconds !== undefined ? openBlobLinks(byIdentity, linkSeconds) : undefined;

  return {
    find,

    /** The address of a file that lasts for a while and needs no credentials; undefined where storage makes none. */
    link:
      links &&
      ((name: string, contentType: string, fileName: string): Promise<string> => {
        const { containerName, name: blobName, url: address } = blob(name);
        return links(address, {
          containerName,
          blobName,
          contentType,
          contentDisposition: `inline; filename="${fileName}"`,
        });
      }),

    /**
     * Stores a file, a block at a time, and verifies that it is there. One that is there already stays as it is, unless it
     * is to be replaced; throws when that is another file.
     */
    async write(
      name: string,
      contentType: string,
      { bytes, facts }: CheckedBytes,
      { documentId, replacing }: WriteOptions = {},
    ): Promise<StoredFile> {
      if (!(await ifThere((abortSignal) => container.exists({ abortSignal })))) {
        await ifThere((abortSignal) => container.createIfNotExists({ abortSignal }));
      }
      const blockIds = await stage(blob(name), bytes);
      const file = facts();
      await commit(blob(name), blockIds, {
        conditions: replacing === undefined ? { ifNoneMatch: '*' } : { ifMatch: replacing },
        blobHTTPHeaders: { blobContentType: contentType },
        metadata: {
          sha256: file.sha256,
          ...(documentId !== undefined && { document: encodeURIComponent(documentId) }),
        },
      });
      const stored = await find(name);
      if (stored?.sha256 !== file.sha256 || stored.lengthBytes !== file.lengthBytes) {
        throw new AppError('storageUnavailable', 'The archive lacks the file that was written. Retry the request.');
      }
      return stored;
    },

    /** Opens a file from a byte on and resumes a broken connection. Throws when the file is missing. */
    read,

    /** The text of a file, or of its first bytes. Throws when the file is missing. */
    async readText(name: string, maxBytes: number): Promise<string> {
      const parts: Uint8Array[] = [];
      for await (const part of await read(name, 0, maxBytes)) {
        parts.push(part);
      }
      return Buffer.concat(parts).toString();
    },

    /**
     * Deletes every blob whose name has this prefix. Returns how many storage keeps, and why: because of a legal hold, a
     * policy of immutability, or missing access.
     */
    async erase(prefix: string): Promise<Partial<Record<KeptBlob, number>>> {
      const kept: Partial<Record<KeptBlob, number>> = {};
      await ifThere(async (abortSignal) => {
        for await (const { name } of container.listBlobsFlat({ prefix: `${folder}${prefix}`, abortSignal })) {
          const reason = await deleted(container.getBlobClient(name), abortSignal);
          if (reason) {
            kept[reason] = (kept[reason] ?? 0) + 1;
          }
        }
      });
      return kept;
    },

    /** Deletes every blob whose name has this prefix. */
    async deleteAll(prefix: string): Promise<void> {
      await ifThere(async (abortSignal) => {
        for await (const { name } of container.listBlobsFlat({ prefix: `${folder}${prefix}`, abortSignal })) {
          await container.getBlobClient(name).deleteIfExists({ abortSignal });
        }
      });
    },
  };
}

/** Why storage keeps a blob. */
export type KeptBlob = 'legalHold' | 'immutable' | 'forbidden';

/** Storage's codes of a refusal to delete (documented: "Blob service error codes"). */
const refusals: Readonly<Record<string, KeptBlob>> = {
  BlobImmutableDueToLegalHold: 'legalHold',
  BlobImmutableDueToPolicy: 'immutable',
};

/** Deletes a blob; why storage keeps it, if it does. */
async function deleted(blob: BlobClient, abortSignal: AbortSignal): Promise<KeptBlob | undefined> {
  try {
    await blob.deleteIfExists({ abortSignal, deleteSnapshots: 'include' });
    return undefined;
  } catch (error) {
    const refusal = error instanceof RestError ? (refusals[String(error.code)] ?? kept(error.statusCode)) : undefined;
    if (!refusal) {
      throw error;
    }
    return refusal;
  }
}

function kept(status: number | undefined): KeptBlob | undefined {
  return status === 403 ? 'forbidden' : undefined;
}

/** Uploads blocks under ids of their own, so that what an interrupted attempt left never mixes in. */
async function stage(blob: BlockBlobClient, bytes: AsyncIterable<Uint8Array>): Promise<string[]> {
  const attempt = randomUUID();
  const blockIds: string[] = [];
  for await (const block of inBlocks(bytes)) {
    const blockId = Buffer.from(`${attempt}/${String(blockIds.length).padStart(6, '0')}`).toString('base64');
    const transactionalContentMD5 = createHash('md5').update(block).digest();
    await inTime((abortSignal) =>
      blob.stageBlock(blockId, block, block.length, { transactionalContentMD5, abortSignal }),
    ).catch((error) => {
      throw unavailable(error);
    });
    blockIds.push(blockId);
  }
  return blockIds;
}

/** Another attempt may have committed first: the caller finds out whether that is the same file. */
async function commit(
  blob: BlockBlobClient,
  blockIds: string[],
  options: BlockBlobCommitBlockListOptions,
): Promise<void> {
  await inTime((abortSignal) => blob.commitBlockList(blockIds, { ...options, abortSignal })).catch((error) => {
    if (!(error instanceof RestError) || (error.statusCode !== 409 && error.statusCode !== 412)) {
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
