/** A recording in the call's record: facts only, which may arrive in any order and repeatedly. */

import type { Origin } from '../origin.ts';

export const recordingContents = ['audio', 'audioVideo'] as const;
export const recordingChannels = ['mixed', 'unmixed'] as const;
export const recordingFormats = ['wav', 'mp3', 'mp4'] as const;

/** What is recorded, and as what. */
export interface RecordingKind {
  readonly content: (typeof recordingContents)[number];
  readonly channel: (typeof recordingChannels)[number];
  readonly format: (typeof recordingFormats)[number];
}

/** ACS accepted an operation on the recording, or a read there showed its state. */
export interface Move {
  readonly at: string;
  readonly to: 'recording' | 'paused' | 'stopped';
}

/** Where ACS keeps one chunk, by the file event. */
export interface Chunk {
  readonly index: number;
  readonly documentId: string;
  readonly contentLocation: string;
  readonly metadataLocation?: string;
  readonly deleteLocation?: string;
  /** Time of the event that named it: the latest one counts until the chunk is archived. */
  readonly namedAt?: string;
}

/** One file of the archive. */
export interface RecordingFile {
  readonly chunk: number;
  /** Within the folder of its recording. */
  readonly name: string;
  readonly contentType: string;
  readonly lengthBytes: number;
  readonly sha256: string;
  readonly startedAt?: string;
  readonly durationMilliseconds?: number;
  /** Who is on which channel of an unmixed recording. */
  readonly channels?: readonly { readonly channel: number; readonly participant: string }[];
}

/** Why an attempt to archive a recording failed. */
export interface ArchiveFailure {
  readonly code: string;
  readonly message: string;
}

/** Why and when a recording failed: what ACS accepts later shows that it still runs. */
export interface RecordingFailure extends ArchiveFailure {
  readonly at: string;
}

/** The progress of archiving. */
export interface Archiving {
  /** Prefix of the names of its blobs. */
  readonly folder: string;
  readonly chunks: readonly Chunk[];
  readonly durationMilliseconds?: number;
  /** Times of the first and of the last file event; there are several when ACS reports more files later. */
  readonly since: string;
  readonly lastEventAt?: string;
  /** When the next attempt is due. Long after that, its message was lost. */
  readonly dueAt: string;
  readonly trouble?: ArchiveFailure;
  readonly archivedAt?: string;
  readonly files?: readonly RecordingFile[];
}

export interface RecordingRecord extends Partial<RecordingKind> {
  readonly acsRecordingId: string;
  readonly createdAt: string;
  /** The startRecording that made it. */
  readonly operationId?: string;
  /** Where its caller has its events sent, and with which context. */
  readonly origin?: Origin;
  /** The folder in the caller's own container to which ACS writes, if it is not ACS's storage. */
  readonly destinationUrl?: string;
  /** ACS's id of the call that it is a recording of, by RecordingStateChanged: `locator` may name another call. */
  readonly serverCallId?: string;
  readonly moves: readonly Move[];
  readonly startedAt?: string;
  /** Times of the last `active` and `inactive`: ACS reports a pause and a stop by the same `inactive` (ACS-R18). */
  readonly activeAt?: string;
  readonly inactiveAt?: string;
  readonly archiving?: Archiving;
  readonly failure?: RecordingFailure;
  /** ACS could not write to the caller's container: it is archived from ACS's storage, and has failed all the same. */
  readonly exportFailure?: ArchiveFailure;
  readonly deletedAt?: string;
}

/** The recordings of a call, by id. */
export type Recordings = Readonly<Record<string, RecordingRecord>>;

export type RecordingStatus = Move['to'] | 'archived' | 'failed' | 'deleted';

/**
 * The status of a recording. It ends with its call at the latest; `callEndedAt` is undefined until then. A failure is over
 * when ACS accepts a later pause or resume.
 */
export function statusOf(recording: RecordingRecord, callEndedAt: string | undefined): RecordingStatus {
  const { deletedAt, archiving, failure, exportFailure, moves } = recording;
  const to = lifeOf(recording, callEndedAt).at(-1)?.to ?? 'recording';
  if (deletedAt !== undefined) {
    return 'deleted';
  }
  if (archiving?.archivedAt !== undefined && to === 'stopped') {
    return exportFailure ? 'failed' : 'archived';
  }
  return failure && !isOverruled(moves, failure.at) ? 'failed' : to;
}

/**
 * The moves up to the first stop: a later one is an artefact of clocks that differ. A file event and the end of the call
 * count as a stop, unless ACS accepted a pause or resume after them.
 */
export function lifeOf({ moves, archiving }: RecordingRecord, callEndedAt: string | undefined): readonly Move[] {
  const stops = [archiving?.since, archiving?.lastEventAt, callEndedAt]
    .filter((at) => at !== undefined && !isOverruled(moves, at))
    .map((at): Move => ({ at: String(at), to: 'stopped' }));
  const all = inOrder([...moves, ...stops]);
  const stop = all.findIndex(({ to }) => to === 'stopped');
  return stop < 0 ? all : all.slice(0, stop + 1);
}

/** Whether ACS accepted a pause or a resume after this time, so that the recording was not over. The first move is the start. */
function isOverruled(moves: readonly Move[], at: string): boolean {
  return moves.slice(1).some((move) => move.to !== 'stopped' && move.at > at);
}

/** Whether chunks are left to archive: some are not in the archive, and nothing failed since the last event named them. */
export function hasWork({ archiving, failure }: RecordingRecord): boolean {
  const isFailed = failure !== undefined && failure.at >= (archiving?.lastEventAt ?? '');
  return archiving !== undefined && !isWhole(archiving) && !isFailed;
}

/** Whether every chunk that ACS named is in the archive. */
export function isWhole({ chunks, files = [] }: Archiving): boolean {
  return chunks.every(({ index }) => files.some(({ chunk }) => chunk === index));
}

/** By time; at the same time in the order of their names, so that the result does not depend on their order of arrival. */
export function inOrder(moves: readonly Move[]): readonly Move[] {
  const key = ({ at, to }: Move) => `${at} ${to}`;
  return [...moves].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
