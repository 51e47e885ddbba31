/** Reads the files that ACS writes to a caller's own container. */
import { RestError } from '@azure/storage-blob';
import type { Content } from '../acs/client/recording-content.ts';
import { ifThere, inTime, openBlobFolder, unavailable } from './containers.ts';
import type { StorageSettings } from './tables.ts';

export type ContainerFiles = ReturnType<typeof openContainerFiles>;

export function openContainerFiles(settings: StorageSettings) {
  return {
    /** Opens a file by its address. Undefined when it is not there. */
    async open(url: string, abortSignal: AbortSignal): Promise<Content | undefined> {
      const { container, folder } = openBlobFolder(settings, url);
      const blob = container.getBlobClient(folder.replace(/\/$/, ''));
      const answer = await ifThere((inTime) =>
        blob.download(0, undefined, { abortSignal: AbortSignal.any([abortSignal, inTime]) }),
      );
      const { readableStreamBody: bytes, contentType, contentLength: lengthBytes, contentMD5 } = answer ?? {};
      return (
        bytes && {
          bytes: bytes as AsyncIterable<Uint8Array>,
          ...(contentType !== undefined && { contentType }),
          ...(lengthBytes !== undefined && { lengthBytes }),
          ...(contentMD5 !== undefined && { md5: Buffer.from(contentMD5).toString('base64') }),
        }
      );
    },

    /** The addresses of all files below an address, or why there are none: no such container, or no access to it. */
    async list(url: string): Promise<readonly string[] | 'containerNotFound' | 'containerForbidden'> {
      const { container, folder } = openBlobFolder(settings, url);
      const found: string[] = [];
      try {
        await inTime(async (abortSignal) => {
          for await (const { name } of container.listBlobsFlat({ prefix: folder, abortSignal })) {
            found.push(container.getBlobClient(name).url);
          }
        });
      } catch (error) {
        const status = error instanceof RestError ? error.statusCode : undefined;
        if (status !== 404 && status !== 403) {
          throw unavailable(error);
        }
        return status === 404 ? 'containerNotFound' : 'containerForbidden';
      }
      return found;
    },
  };
}
