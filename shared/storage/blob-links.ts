/**
 * Links to single blobs: short-lived addresses that need no credentials. They are signed with a key that storage gives to the
 * app's identity (a user delegation SAS), so that no account key is needed, and the role of the identity bounds them.
 */
import {
  BlobSASPermissions,
  type BlobServiceClient,
  generateBlobSASQueryParameters,
  SASProtocol,
  type UserDelegationKey,
} from '@azure/storage-blob';
import { inTime, unavailable } from './containers.ts';

/** What a link says of the blob that it leads to. */
export interface LinkedFile {
  readonly containerName: string;
  readonly blobName: string;
  readonly contentType: string;
  readonly contentDisposition: string;
}

/** A key serves links for this long, so that most links cost no request. Storage limits it to seven days. */
const keySeconds = 4 * 3600;

/** Makes links that last `linkSeconds`, for reading, over https only. Each key is asked for once. */
export function openBlobLinks(service: BlobServiceClient, linkSeconds: number) {
  let known: { readonly key: Promise<UserDelegationKey>; readonly untilMs: number } | undefined;

  function keyUntil(expiresMs: number): Promise<UserDelegationKey> {
    if (known === undefined || known.untilMs < expiresMs) {
      const untilMs = Date.now() + (keySeconds + linkSeconds) * 1000;
      // A clock that is ahead of storage's would ask for a key that starts later.
      const startsOn = new Date(Date.now() - 5 * 60_000);
      const key = inTime((abortSignal) => service.getUserDelegationKey(startsOn, new Date(untilMs), { abortSignal }));
      known = { key, untilMs };
      // It fails hours before another key is needed: no other is known by then.
      key.catch(() => {
        known = undefined;
      });
    }
    return known.key;
  }

  /** The address of a blob with its signature: a secret while it lasts. Throws when storage gives no key. */
  return async (url: string, file: LinkedFile): Promise<string> => {
    const expiresOn = new Date(Date.now() + linkSeconds * 1000);
    const key = await keyUntil(expiresOn.getTime()).catch((error) => {
      throw unavailable(error);
    });
    const permissions = BlobSASPermissions.parse('r');
    const signed = { ...file, permissions, expiresOn, protocol: SASProtocol.Https, cacheControl: 'private' };
    return `${url}?${generateBlobSASQueryParameters(signed, key, service.accountName)}`;
  };
}
