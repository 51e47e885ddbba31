/** The recordings over HTTP. */
import type { HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { type Recording, recordingStatuses, toRecording } from '../../calls/recording/recording.ts';
import type { RecordingFile } from '../../calls/recording/recording-record.ts';
import { AppError } from '../../errors.ts';
import { readCallOf } from '../../ledger/commands/recording-target.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { IndexedRecording } from '../../storage/recording-index.ts';
import { type Handler, json } from '../handler.ts';
import { fillPage, pageOf } from '../page.ts';
import { pathParameter } from '../path.ts';
import { noQuery, pageParameters, readQuery } from '../query.ts';
import { rangeOf } from '../range.ts';

export const recordingFilters = {
  ...pageParameters,
  callId: z.uuid().toLowerCase().optional(),
  status: z.enum(recordingStatuses).optional(),
};
export const contentParameters = { chunk: z.coerce.number().int().min(0).default(0) };

const listQuery = z.strictObject(recordingFilters);
const contentQuery = z.strictObject(contentParameters);

/** GET /recordings */
export const listRecordings: Handler = async ({ ledger }, request) => {
  const { callId, status, limit, cursor } = readQuery(request, listQuery);
  const isWanted = (recording: Recording) => status === undefined || recording.status === status;
  if (callId !== undefined) {
    return json(pageOf((await recordingsOf(ledger, callId)).filter(isWanted), limit, cursor));
  }
  const list = (count: number, from: string | undefined) => ledger.recordingIndex.list('recent', count, from);
  const read = async (row: IndexedRecording) => {
    const recording = await recordingOf(ledger, row);
    return recording && isWanted(recording) ? recording : undefined;
  };
  return json(await fillPage(list, read, limit, cursor));
};

/** The recordings of a call, newest first: it keeps them in the order in which they were heard of. */
async function recordingsOf({ calls }: Pick<Ledger, 'calls'>, callId: string): Promise<Recording[]> {
  const stored = await calls.readCall(callId);
  if (!stored) {
    return [];
  }
  const all = Object.keys(stored.record.recordings).map((recordingId) => toRecording(stored.record, recordingId));
  return all.filter((one) => one !== undefined).toReversed();
}

/** An answer and an event that came at once have each written a row: the one of the recording's own time counts. */
async function recordingOf(
  { calls }: Pick<Ledger, 'calls'>,
  { callId, recordingId, createdAt }: IndexedRecording,
): Promise<Recording | undefined> {
  const call = (await calls.readCall(callId))?.record;
  const recording = call && toRecording(call, recordingId);
  return recording?.createdAt === createdAt ? recording : undefined;
}

/** GET /recordings/{recordingId} */
export const getRecording: Handler = async ({ ledger }, request) => {
  const recordingId = pathParameter(request, 'recordingId');
  const { record } = await readCallOf(ledger, recordingId);
  readQuery(request, noQuery);
  return json(toRecording(record, recordingId));
};

/** GET /recordings/{recordingId}/content: the archived file, or the bytes of it that a `Range` asks for. */
export const getRecordingContent: Handler = async ({ ledger, archive }, request) => {
  const recordingId = pathParameter(request, 'recordingId');
  const { record } = await readCallOf(ledger, recordingId);
  const { chunk } = readQuery(request, contentQuery);
  const archiving = record.recordings[recordingId]?.archiving;
  if (!archiving?.files) {
    const status = toRecording(record, recordingId)?.status;
    throw new AppError('recordingNotReady', `A recording has content once it is archived; this one is ${status}.`);
  }
  const file = archiving.files.find((one) => one.chunk === chunk);
  if (!file) {
    throw new AppError(
      'recordingChunkNotFound',
      `The recording has ${archiving.files.length} file(s), from chunk 0 on.`,
    );
  }
  return contentOf(file, request.headers, (first, count) =>
    archive.archive.read(`${archiving.folder}${file.name}`, first, count),
  );
};

type ReadBytes = (first: number, count: number) => Promise<AsyncIterable<Uint8Array>>;

/** The digest of a file is its tag: what was read before is what is there. */
async function contentOf(file: RecordingFile, headers: Headers, read: ReadBytes): Promise<HttpResponseInit> {
  const { lengthBytes, contentType, sha256 } = file;
  const etag = `"${sha256}"`;
  const ifRange = headers.get('if-range');
  const range = rangeOf(ifRange === null || ifRange === etag ? headers.get('range') : null, lengthBytes);
  if (range === 'unsatisfiable') {
    throw new AppError('rangeNotSatisfiable', `The file has ${lengthBytes} bytes.`, { lengthBytes });
  }
  const { first, count } = range === 'whole' ? { first: 0, count: lengthBytes } : range;
  const body = await read(first, count);
  const common = { 'accept-ranges': 'bytes', 'content-type': contentType, 'content-length': String(count), etag };
  return range === 'whole'
    ? { status: 200, headers: common, body }
    : {
        status: 206,
        headers: { ...common, 'content-range': `bytes ${first}-${first + count - 1}/${lengthBytes}` },
        body,
      };
}
