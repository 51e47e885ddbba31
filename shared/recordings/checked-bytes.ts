/** Checks a file in transit: it must be no error page, not empty, and match the length and digest of its headers. */
import { createHash } from 'node:crypto';
import type { Content } from '../acs/client/recording-content.ts';
import type { CheckedBytes, FileFacts } from '../storage/recording-archive.ts';
import { ArchiveError } from './archive-failure.ts';

/** What the first bytes of a page look like, whatever its content type says. */
const page = /^\uFEFF?\s*<(?:!doctype html|html|head|body|\?xml)/i;
const sniffedBytes = 64;

/**
 * The bytes of a file and, once all have passed, its length and digest. Throws an ArchiveError as soon as something is
 * wrong; the service has handed out empty files and error pages in place of recordings (reported by its users).
 */
export function checkedBytes({ bytes, contentType, lengthBytes, md5 }: Content): CheckedBytes {
  const sha256 = createHash('sha256');
  const md5Digest = createHash('md5');
  let head = Buffer.alloc(0);
  let seenBytes = 0;
  if (contentType !== undefined && /^text\/html\b/i.test(contentType)) {
    throw new ArchiveError('contentNotRecording', 'The file is an HTML page.');
  }

  async function* checked(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      sha256.update(chunk);
      md5Digest.update(chunk);
      seenBytes += chunk.length;
      if (head.length < sniffedBytes) {
        head = Buffer.concat([head, chunk]).subarray(0, sniffedBytes);
        refusePage(head);
      }
      yield chunk;
    }
  }

  function facts(): FileFacts {
    if (seenBytes === 0) {
      throw new ArchiveError('contentEmpty', 'The file has no bytes.');
    }
    if (lengthBytes !== undefined && lengthBytes !== seenBytes) {
      throw new ArchiveError('contentIncomplete', `The file has ${seenBytes} of ${lengthBytes} bytes.`);
    }
    if (md5 !== undefined && md5 !== md5Digest.digest('base64')) {
      throw new ArchiveError('contentDamaged', 'The file is not the one that its MD5 digest is of.');
    }
    return { lengthBytes: seenBytes, sha256: sha256.digest('hex') };
  }

  return { bytes: checked(), facts };
}

function refusePage(head: Buffer): void {
  if (page.test(head.toString())) {
    throw new ArchiveError('contentNotRecording', 'The file is a page and no recording.');
  }
}
