/** Applies facts about recordings to a call: responses, events and archive results. Pure, idempotent, independent of order. */
import type { CallRecord } from '../call.ts';
import { earliest, latest } from '../earliest.ts';
import type { CallEvent } from '../event.ts';
import type { Origin } from '../origin.ts';
import {
  type ArchiveFailure,
  type Archiving,
  type Chunk,
  inOrder,
  type Move,
  type RecordingFailure,
  type RecordingFile,
  type RecordingKind,
  type RecordingRecord,
} from './recording-record.ts';
import { type RecordingStep, recordingSteps } from './recording-steps.ts';

/** A recording as ACS's response to its start describes it. */
export interface StartedRecording extends RecordingKind {
  readonly recordingId: string;
  readonly acsRecordingId: string;
  readonly destinationUrl?: string;
  readonly isPaused: boolean;
}

/** ACS accepted the start. */
export function recordingStarted(
  call: CallRecord,
  { recordingId, isPaused, ...facts }: StartedRecording,
  operationId: string,
  at: string,
  origin: Origin = {},
): CallRecord {
  return withRecording(call, recordingId, facts.acsRecordingId, at, (known) => ({
    ...known,
    ...facts,
    operationId,
    origin,
    moves: moved(known.moves, { at, to: isPaused ? 'paused' : 'recording' }),
  }));
}

/** ACS accepted a step. A deleted recording keeps its ids and the time only, so that late facts about it are ignored. */
export function recordingStepped(call: CallRecord, step: RecordingStep, recordingId: string, at: string): CallRecord {
  const { to } = recordingSteps[step];
  return changed(call, recordingId, ({ acsRecordingId, createdAt, ...known }) =>
    to === 'deleted'
      ? { acsRecordingId, createdAt, moves: [], deletedAt: at }
      : { acsRecordingId, createdAt, ...known, moves: moved(known.moves, { at, to }) },
  );
}

/** RecordingStateChanged and StartRecordingFailed. Either may be the first fact about a recording. */
export function recordingEvent(call: CallRecord, { at, kind, recording, result, serverCallId }: CallEvent): CallRecord {
  if (!recording) {
    return call;
  }
  const { recordingId, acsRecordingId, state, startedAt } = recording;
  return withRecording(call, recordingId, acsRecordingId, at, (known) => ({
    ...known,
    ...(serverCallId !== undefined && { serverCallId: known.serverCallId ?? serverCallId }),
    ...(startedAt !== undefined && { startedAt: earliest(known.startedAt, startedAt) }),
    ...(state === 'active' && { activeAt: latest(known.activeAt, at) }),
    ...(state === 'inactive' && { inactiveAt: latest(known.inactiveAt, at) }),
    ...(kind === 'StartRecordingFailed' && {
      failure: { code: 'startRecordingFailed', message: result?.message || `ACS reported ${kind}.`, at },
    }),
  }));
}

/**
 * The origin of a recording. Undefined until ACS's response to its start is stored: an event that overtakes it names the
 * recording only.
 */
export function originOfRecording({ recordings }: CallRecord, recordingId: string): Origin | undefined {
  const { operationId, deletedAt, origin = {} } = recordings[recordingId] ?? {};
  return operationId === undefined && deletedAt === undefined ? undefined : origin;
}

/** The data of the file event, and its time. */
export interface FilesReady {
  readonly acsRecordingId: string;
  readonly at: string;
  readonly kind: Partial<RecordingKind>;
  readonly chunks: readonly Chunk[];
  readonly startedAt?: string;
  readonly durationMilliseconds?: number;
}

/**
 * ACS has the files ready, so that archiving starts. Events add up: each may name further chunks, and the latest one that
 * names a chunk counts until the chunk is archived.
 */
export function recordingFilesReady(call: CallRecord, recordingId: string, ready: FilesReady): CallRecord {
  const { acsRecordingId, at, kind, chunks, startedAt, durationMilliseconds } = ready;
  return withRecording(call, recordingId, acsRecordingId, at, (known) => ({
    ...kind,
    ...known,
    ...(startedAt !== undefined && { startedAt: earliest(known.startedAt, startedAt) }),
    archiving: {
      ...(known.archiving ?? { folder: archiveFolder(call.callId, recordingId, known.createdAt), dueAt: at }),
      ...longest(known.archiving?.durationMilliseconds, durationMilliseconds),
      chunks: merged(
        known.archiving,
        chunks.map((chunk) => ({ namedAt: at, ...chunk })),
      ),
      since: earliest(known.archiving?.since, at),
      lastEventAt: latest(known.archiving?.lastEventAt, at),
    },
  }));
}

/** The chunks by index: those in the archive as they are, of the others what was named last. */
function merged({ chunks: known = [], files = [] }: Partial<Archiving> = {}, named: readonly Chunk[]): Chunk[] {
  const isArchived = (index: number) => files.some(({ chunk }) => chunk === index);
  const order = (chunk: Chunk) => `${chunk.namedAt ?? ''} ${JSON.stringify(chunk)}`;
  const byIndex = new Map<number, Chunk>(known.map((chunk) => [chunk.index, chunk]));
  for (const chunk of named) {
    const other = byIndex.get(chunk.index);
    const isNewer = other === undefined || (!isArchived(chunk.index) && order(chunk) > order(other));
    byIndex.set(chunk.index, isNewer ? chunk : other);
  }
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

function longest(...durations: readonly (number | undefined)[]) {
  const known = durations.filter((one) => one !== undefined);
  return known.length > 0 ? { durationMilliseconds: Math.max(...known) } : {};
}

/** The archive's folder of a recording: `{yyyy}/{mm}/{dd}/{callId}/{recordingId}/`. */
function archiveFolder(callId: string, recordingId: string, createdAt: string): string {
  return `${createdAt.slice(0, 10).replaceAll('-', '/')}/${callId}/${recordingId}/`;
}

/** The recording failed for good, unless its files arrive later. */
export function recordingFailed(call: CallRecord, recordingId: string, failure: RecordingFailure): CallRecord {
  return changed(call, recordingId, (known) => ({ ...known, failure }));
}

/** ACS could not write to the caller's container, and has the files in its own storage. */
export function recordingNotExported(call: CallRecord, recordingId: string): CallRecord {
  return changed(call, recordingId, (known) => ({ ...known, exportFailure: notExported }));
}

const notExported: ArchiveFailure = {
  code: 'containerNotWritten',
  message:
    'ACS could not write to the container: it must exist, and the identity of the ACS resource needs the role Storage Blob ' +
    'Data Contributor there. The files that ACS kept are in the archive of the app.',
};

/** The next attempt to archive it is due at `dueAt`. `trouble` is why the last one failed. */
export function archiveDelayed(
  call: CallRecord,
  recordingId: string,
  dueAt: string,
  trouble?: ArchiveFailure,
): CallRecord {
  return archivingChanged(call, recordingId, (known) => ({ ...known, dueAt, ...(trouble && { trouble }) }));
}

/** These files, and a manifest that lists them, are in the archive. Files of an earlier event stay. */
export function recordingArchived(
  call: CallRecord,
  recordingId: string,
  files: readonly RecordingFile[],
  at: string,
): CallRecord {
  return archivingChanged(call, recordingId, (known) => {
    const { files: earlier = [], archivedAt = at } = known;
    const added = files.filter(({ chunk }) => earlier.every((file) => file.chunk !== chunk));
    return { ...known, files: [...earlier, ...added].sort((a, b) => a.chunk - b.chunk), archivedAt };
  });
}

type Change<T> = (known: T) => T;

function archivingChanged(call: CallRecord, recordingId: string, change: Change<Archiving>): CallRecord {
  return changed(call, recordingId, (known) =>
    known.archiving ? { ...known, archiving: change(known.archiving) } : known,
  );
}

/** Changes a recording; an unknown one is added, with the time of this first fact. */
function withRecording(
  call: CallRecord,
  recordingId: string,
  acsRecordingId: string,
  at: string,
  change: Change<RecordingRecord>,
): CallRecord {
  const known = call.recordings[recordingId] ?? { acsRecordingId, createdAt: at, moves: [] };
  return changed({ ...call, recordings: { ...call.recordings, [recordingId]: known } }, recordingId, change);
}

/** A deleted recording stays deleted. */
function changed(call: CallRecord, recordingId: string, change: Change<RecordingRecord>): CallRecord {
  const known = call.recordings[recordingId];
  return known && known.deletedAt === undefined
    ? { ...call, recordings: { ...call.recordings, [recordingId]: change(known) } }
    : call;
}

/** Adds a move unless it is there. */
function moved(moves: readonly Move[], move: Move): readonly Move[] {
  return moves.some(({ at, to }) => at === move.at && to === move.to) ? moves : inOrder([...moves, move]);
}
