/** A file as a reply: whole, or the range of bytes that the request names. */
import type { RecordingFile } from '../calls/recording/recording-record.ts';
import { AppError } from '../errors.ts';
import { rangeOf } from './range.ts';
import type { FileBody, Reply } from './reply.ts';

/** Opens the bytes; undefined where they are not wanted. */
type ReadBytes = (first: number, count: number) => Promise<FileBody | undefined>;

/**
 * Replies with the bytes of a file: the whole of it, or a range of at most `maxRangeBytes`. Its digest is its ETag, so that a
 * client continues the same file or starts again.
 */
export async function fileReply(
  { lengthBytes, contentType, sha256 }: RecordingFile,
  requested: Headers,
  maxRangeBytes: number,
  read: ReadBytes,
): Promise<Reply<FileBody | undefined>> {
  const etag = `"${sha256}"`;
  const ifRange = requested.get('if-range');
  const range = rangeOf(
    ifRange === null || ifRange === etag ? requested.get('range') : null,
    lengthBytes,
    maxRangeBytes,
  );
  if (range === 'unsatisfiable') {
    throw new AppError('rangeNotSatisfiable', `The file has ${lengthBytes} bytes.`, { lengthBytes });
  }
  const { first, count } = range === 'whole' ? { first: 0, count: lengthBytes } : range;
  const body = await read(first, count);
  const headers = { 'accept-ranges': 'bytes', 'content-type': contentType, 'content-length': String(count), etag };
  return range === 'whole'
    ? { status: 200, headers, body }
    : {
        status: 206,
        headers: { ...headers, 'content-range': `bytes ${first}-${first + count - 1}/${lengthBytes}` },
        body,
      };
}
