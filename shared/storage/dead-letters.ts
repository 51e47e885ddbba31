/** The events that Event Grid could not deliver: blobs of the container that the deployment gives it. */
import { RestError } from '@azure/storage-blob';
import { containerUrlOf, inTime, openBlobFolder, unavailable } from './containers.ts';
import type { StorageSettings } from './tables.ts';

export type DeadLetters = ReturnType<typeof openDeadLetters>;

/** How many of a page were removed, and the position of the next page. */
interface RemovedPage {
  readonly removed: number;
  readonly next?: string | undefined;
}

/** Blobs that are read at a time. */
const perPage = 50;

/** Opens the dead letters, in the container of a deployment unless another is given. No request is made before the first use. */
export function openDeadLetters(settings: StorageSettings, container = 'dead-letters') {
  const blobs = openBlobFolder(settings, containerUrlOf(settings, container)).container;

  /** The result; `missing` without such a container, `forbidden` without access to it or to the blob. */
  async function run<T>(request: (abortSignal: AbortSignal) => Promise<T>): Promise<T | 'missing' | 'forbidden'> {
    try {
      return await inTime(request);
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 404) {
        return 'missing';
      }
      if (error instanceof RestError && error.statusCode === 403) {
        return 'forbidden';
      }
      throw unavailable(error);
    }
  }

  /** A page of the blobs: their names, when each was written, and the position of the next page. */
  const pageFrom = (position: string | undefined) =>
    run(async (abortSignal) => {
      const from = { maxPageSize: perPage, ...(position !== undefined && { continuationToken: position }) };
      for await (const { segment, continuationToken } of blobs.listBlobsFlat({ abortSignal }).byPage(from)) {
        const items = segment.blobItems.map(({ name, properties }) => ({
          name,
          writtenAt: properties.lastModified.toISOString(),
        }));
        // After the last page the token is empty.
        return { items, next: continuationToken || undefined };
      }
      return 'missing';
    });

  /** How many blobs it removed: one, or none. */
  async function removeIf(matches: (text: string) => boolean, name: string): Promise<number> {
    const blob = blobs.getBlobClient(name);
    const bytes = await run((abortSignal) => blob.downloadToBuffer(0, undefined, { abortSignal }));
    if (typeof bytes === 'string' || !matches(bytes.toString())) {
      return 0;
    }
    await run((abortSignal) => blob.deleteIfExists({ abortSignal }));
    return 1;
  }

  return {
    /** Removes those of a page whose text matches: how many, and the position of the next page. */
    async remove(matches: (text: string) => boolean, position: string | undefined): Promise<RemovedPage | 'forbidden'> {
      const page = await pageFrom(position);
      if (typeof page === 'string') {
        return page === 'forbidden' ? page : { removed: 0 };
      }
      let removed = 0;
      for (const { name } of page.items) {
        removed += await removeIf(matches, name);
      }
      return { removed, next: page.next };
    },

    /** Removes those of a page that were written before a time. */
    async removeBefore(time: string, position: string | undefined): Promise<RemovedPage | 'forbidden'> {
      const page = await pageFrom(position);
      if (typeof page === 'string') {
        return page === 'forbidden' ? page : { removed: 0 };
      }
      const old = page.items.filter(({ writtenAt }) => writtenAt < time);
      for (const { name } of old) {
        await run((abortSignal) => blobs.getBlobClient(name).deleteIfExists({ abortSignal }));
      }
      return { removed: old.length, next: page.next };
    },
  };
}
