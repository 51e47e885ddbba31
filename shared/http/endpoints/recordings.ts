/** Recordings, and the files of them that are in the archive. */
import * as z from 'zod';
import { type Recording, recordingSchema, recordingStatuses, toRecording } from '../../calls/recording/recording.ts';
import { AppError } from '../../errors.ts';
import { readCallOf } from '../../ledger/commands/recording-target.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Period } from '../../storage/postings.ts';
import type { IndexedRecording } from '../../storage/recording-index.ts';
import { periodFilters } from '../call-search.ts';
import { defineEndpoint } from '../endpoint.ts';
import { fileReply } from '../file-reply.ts';
import { defineList } from '../list-endpoint.ts';
import { fillPage, pageOf } from '../page.ts';
import type { FileBody, Reply } from '../reply.ts';

export const listRecordings = defineList({
  name: 'listRecordings',
  summary: 'Recordings, newest first',
  path: 'recordings',
  filters: {
    callId: z.uuid().toLowerCase().optional(),
    status: z.enum(recordingStatuses).optional(),
    ...periodFilters('createdAfter', 'createdBefore'),
  },
  items: recordingSchema,
  roles: ['Recordings.Read'],

  async handle({ ledger }, { filters: { callId, status, createdAfter, createdBefore }, limit, position }) {
    const period = { after: createdAfter, before: createdBefore };
    const isWanted = (recording: Recording) =>
      (status === undefined || recording.status === status) && isWithin(period, recording.createdAt);
    if (callId !== undefined) {
      return pageOf((await recordingsOf(ledger, callId)).filter(isWanted), limit, position);
    }
    const list = (count: number, from: string | undefined) => ledger.recordingIndex.listRecent(period, count, from);
    const read = async (row: IndexedRecording) => {
      const recording = await recordingOf(ledger, row);
      return recording && isWanted(recording) ? recording : undefined;
    };
    return fillPage(list, read, limit, position);
  },
});

/** Times are in the spelling of the ledger. */
const isWithin = ({ after, before }: Period, time: string) =>
  (after === undefined || time > after) && (before === undefined || time < before);

/** The recordings of a call, newest first: its record has them in the order in which the ledger learned of them. */
async function recordingsOf({ calls }: Pick<Ledger, 'calls'>, callId: string): Promise<Recording[]> {
  const stored = await calls.readCall(callId);
  if (!stored) {
    return [];
  }
  const all = Object.keys(stored.record.recordings).map((recordingId) => toRecording(stored.record, recordingId));
  return all.filter((one) => one !== undefined).toReversed();
}

/** A response and an event at the same time have each written an index row: the row with the recording's own time counts. */
async function recordingOf(
  { calls }: Pick<Ledger, 'calls'>,
  { callId, recordingId, createdAt }: IndexedRecording,
): Promise<Recording | undefined> {
  const call = (await calls.readCall(callId))?.record;
  const recording = call && toRecording(call, recordingId);
  return recording?.createdAt === createdAt ? recording : undefined;
}

export const getRecording = defineEndpoint({
  name: 'getRecording',
  summary: 'A recording, and its files in the archive',
  method: 'GET',
  path: 'recordings/{recordingId}',
  success: { status: 200, description: 'The recording', schema: recordingSchema },
  errors: ['recordingNotFound', 'recordingDeleted'],
  roles: ['Recordings.Read'],

  find: ({ ledger }, { recordingId }) => readCallOf(ledger, recordingId),

  async handle(_app, { path, resource }) {
    // A recording that the call never had, or that was deleted, has been refused.
    return { body: toRecording(resource.record, path.recordingId) as Recording };
  },
});

/** The link is a secret while it lasts, so no cache keeps the redirect. */
function redirectTo(location: string): Reply<undefined> {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: undefined };
}

const file = {
  schema: z.custom<FileBody | undefined>().meta({ type: 'string', format: 'binary' }),
  contentTypes: ['audio/wav', 'audio/mpeg', 'video/mp4'],
  headers: { etag: 'Digest of the file', 'Accept-Ranges': '`bytes`' },
};

export const getRecordingContent = defineEndpoint({
  name: 'getRecordingContent',
  summary: 'A file of a recording, from the archive',
  method: 'GET',
  path: 'recordings/{recordingId}/content',
  query: {
    chunk: z.coerce.number().int().min(0).default(0).meta({ description: 'Which of the files of the recording' }),
  },
  headers: {
    Range: z.string().meta({ description: 'One range of bytes', examples: ['bytes=0-65535'] }),
    'If-Range': z.string().meta({ description: 'The ETag of the file that a range continues' }),
  },
  success: [
    { ...file, status: 200, description: 'The file' },
    {
      ...file,
      status: 206,
      description: 'The range of the file that the request names, or its first part: ask for the next',
      headers: { ...file.headers, 'Content-Range': 'Which bytes of the file these are' },
    },
    {
      status: 302,
      description: 'The file is in Blob Storage, from which it is read without credentials, also in ranges',
      headers: { Location: 'Address of the file, for a short time; it is a secret', 'Cache-Control': '`no-store`' },
    },
  ],
  errors: [
    'recordingNotFound',
    'recordingDeleted',
    'recordingNotReady',
    'recordingChunkNotFound',
    'rangeNotSatisfiable',
  ],
  reads: 'recording',
  roles: ['Recordings.Read'],

  find: ({ ledger }, { recordingId }) => readCallOf(ledger, recordingId),

  async handle(
    { archive, ledger, paced },
    { path: { recordingId }, query: { chunk }, resource: { record }, received },
  ) {
    const archiving = record.recordings[recordingId]?.archiving;
    if (!archiving?.files) {
      const status = toRecording(record, recordingId)?.status;
      throw new AppError('recordingNotReady', `A recording has content once it is archived; this one is ${status}.`);
    }
    const found = archiving.files.find((one) => one.chunk === chunk);
    if (!found) {
      throw new AppError(
        'recordingChunkNotFound',
        `The recording has ${archiving.files.length} file(s), from chunk 0 on.`,
      );
    }
    const { archive: files, linkTo, rangeBytes } = archive;
    const { folder } = archiving;
    const link = await linkTo(ledger.log, { recordingId, folder }, found);
    const about = { callId: record.callId };
    const reply =
      link === undefined
        ? await fileReply(found, received.headers, rangeBytes, async (first, count) =>
            received.isHead ? undefined : paced(await files.read(`${folder}${found.name}`, first, count)),
          )
        : redirectTo(link);
    return { ...reply, about };
  },
});
