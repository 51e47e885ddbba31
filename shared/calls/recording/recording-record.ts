/** What the call's record keeps of a recording: facts only, each of which may be told in any order and any number of times. */

export const recordingContents = ['audio', 'audioVideo'] as const;
export const recordingChannels = ['mixed', 'unmixed'] as const;
export const recordingFormats = ['wav', 'mp3', 'mp4'] as const;

/** What is recorded, and as what. */
export interface RecordingKind {
  readonly content: (typeof recordingContents)[number];
  readonly channel: (typeof recordingChannels)[number];
  readonly format: (typeof recordingFormats)[number];
}

/** ACS took an operation, or has stopped. */
export interface Move {
  readonly at: string;
  readonly to: 'recording' | 'paused' | 'stopped';
}

/** Where ACS keeps one chunk, as its file event tells. */
export interface Chunk {
  readonly index: number;
  readonly documentId: string;
  readonly contentLocation: string;
  readonly metadataLocation?: string;
  readonly deleteLocation?: string;
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
}

/** Why a recording failed, or why the last attempt to archive it did. */
export interface ArchiveFailure {
  readonly code: string;
  readonly message: string;
}

/** How far the archive has come. */
export interface Archiving {
  /** Beginning of the names of its blobs. */
  readonly folder: string;
  readonly chunks: readonly Chunk[];
  readonly durationMilliseconds?: number;
  /** When ACS told of the files. */
  readonly since: string;
  /** When the next attempt is due. One that was not made long after that was lost. */
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
  /** The place in the caller's own container to which ACS writes, if it is not ACS's storage. */
  readonly destinationUrl?: string;
  readonly moves: readonly Move[];
  readonly startedAt?: string;
  /** When ACS last said that it records, and that it does not: it tells a pause and a stop alike. */
  readonly activeAt?: string;
  readonly inactiveAt?: string;
  readonly archiving?: Archiving;
  readonly failure?: ArchiveFailure;
  readonly deletedAt?: string;
}

/** The recordings of a call, by id. */
export type Recordings = Readonly<Record<string, RecordingRecord>>;

export type RecordingStatus = Move['to'] | 'archived' | 'failed' | 'deleted';

/** What a recording is now. It ends with its call at the latest; `callEndedAt` is undefined while that goes on. */
export function statusOf(recording: RecordingRecord, callEndedAt: string | undefined): RecordingStatus {
  if (recording.deletedAt !== undefined) {
    return 'deleted';
  }
  if (recording.archiving?.archivedAt !== undefined) {
    return 'archived';
  }
  return recording.failure ? 'failed' : (lifeOf(recording, callEndedAt).at(-1)?.to ?? 'recording');
}

/** The moves up to the first stop: what clocks that differ tell for a time after it did not happen. */
export function lifeOf({ moves }: RecordingRecord, callEndedAt: string | undefined): readonly Move[] {
  const all = callEndedAt === undefined ? moves : inOrder([...moves, { at: callEndedAt, to: 'stopped' }]);
  const stop = all.findIndex(({ to }) => to === 'stopped');
  return stop < 0 ? all : all.slice(0, stop + 1);
}

/** By time; at the same time in the order of their names, so that the order in which they were told never shows. */
export function inOrder(moves: readonly Move[]): readonly Move[] {
  const key = ({ at, to }: Move) => `${at} ${to}`;
  return [...moves].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
