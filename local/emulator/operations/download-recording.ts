/** GET /v1/objects/{documentId}/content/… on the storage host: a file of a recording, or its metadata. */

import { AcsError } from '../http/acs-error.ts';
import { byteRange } from '../http/byte-range.ts';
import { metadataFile } from '../recordings/file-content.ts';
import { inMemory, type MediaFile } from '../recordings/media-file.ts';
import type { RecordingFile } from '../recordings/recording-file.ts';
import type { Resource } from '../resource.ts';
import { defineOperation } from './operation.ts';
import { storedFile } from './recordings.ts';

export const downloadRecording = defineOperation({
  name: 'downloadRecording',
  method: 'GET',
  path: '/v1/objects/{documentId}/content/{view}',
  status: 200,
  isStorage: true,

  async run(context) {
    const stored = storedFile(context);
    switch (context.path.view) {
      case 'acsmetadata':
        return answer(metadataFile(stored), context.range);
      case 'audio':
      case 'video':
        return answer(await mediaOf(context.resource, stored), context.range);
      default:
        throw new AcsError(404, 'NotFound', 'The file has no such content; it has audio or video, and acsmetadata.');
    }
  },
});

/** A sign-in page, which a fault returns instead of a recording. */
const SIGN_IN = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to your account.</body></html>';

/** The media, or the content that a fault returns instead. */
async function mediaOf({ faults, log, recordings }: Resource, stored: RecordingFile): Promise<MediaFile> {
  const operation = 'downloadRecording';
  if (faults.take('emptyRecording', [operation]) !== undefined) {
    log.add({ kind: 'fault', operation, note: 'answered an empty file' });
    return inMemory('application/octet-stream', Buffer.alloc(0));
  }
  if (faults.take('htmlRecording', [operation]) !== undefined) {
    log.add({ kind: 'fault', operation, note: 'answered a web page' });
    return inMemory('text/html; charset=utf-8', Buffer.from(SIGN_IN));
  }
  return await recordings.media(stored);
}

/** The file or the requested part of it. Content-Range is always present (ACS-R11). */
function answer({ mediaType, length, read }: MediaFile, wanted: string | undefined) {
  const range = byteRange(wanted, length);
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { 'content-range': `bytes */${length}` } };
  }
  const { from, until } = range ?? { from: 0, until: length };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'content-type': mediaType,
      'content-length': String(until - from),
      'accept-ranges': 'bytes',
      ...(length > 0 && { 'content-range': `bytes ${from}-${until - 1}/${length}` }),
    },
    bytes: read(from, until),
  };
}
