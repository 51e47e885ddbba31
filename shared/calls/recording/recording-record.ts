/** A recording in the call's record: facts only, which may arrive in any order and repeatedly. */

export const recordingContents = ['audio', 'audioVideo'] as const;
export const recordingChannels = ['mixed', 'unmixed'] as const;
export const recordingFormats = ['wav', 'mp3', 'mp4'] as const;

/** What is recorded, and as what. */
export interface RecordingKind {
  readonly content: (typeof recordingContents)[number];
  readonly channel: (typeof recordingChannels)[number];
  readonly format: (typeof recordingFormats)[number];
}

/** ACS accepted an operation on the recording, or stopped it. */
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

/** The progress of archiving. */
export interface Archiving {
  /** Prefix of the names of its blobs. */
  readonly folder: string;
  readonly chunks: readonly Chunk[];
  readonly durationMilliseconds?: number;
  /** Time of the file event. */
  readonly since: string;
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
  /** The folder in the caller's own container to which ACS writes, if it is not ACS's storage. */
  readonly destinationUrl?: string;
  readonly moves: readonly Move[];
  readonly startedAt?: string;
  /** Times of the last `active` and `inactive`: ACS reports a pause and a stop by the same `inactive` (ACS-R18). */
  readonly activeAt?: string;
  readonly inactiveAt?: string;
  readonly archiving?: Archiving;
  readonly failure?: ArchiveFailure;
  readonly deletedAt?: string;
}

/** The recordings of a call, by id. */
export type Recordings = Readonly<Record<string, RecordingRecord>>;

export type RecordingStatus = Move['to'] | 'archived' | 'failed' | 'deleted';

/** The status of a recording. It ends with its call at the latest; `callEndedAt` is undefined until then. */
export function statusOf(recording: RecordingRecord, callEndedAt: string | undefined): RecordingStatus {
  if (recording.deletedAt !== undefined) {
    return 'deleted';
  }
  if (recording.archiving?.archivedAt !== undefined) {
    return 'archived';
  }
  return recording.failure ? 'failed' : (lifeOf(recording, callEndedAt).at(-1)?.to ?? 'recording');
}

/** The moves up to the first stop: a later one is an artefact of clocks that differ. */
export function lifeOf({ moves }: RecordingRecord, callEndedAt: string | undefined): readonly Move[] {
  const all = callEndedAt === undefined ? moves : inOrder([...moves, { at: callEndedAt, to: 'stopped' }]);
  const stop = all.findIndex(({ to }) => to === 'stopped');
  return stop < 0 ? all : all.slice(0, stop + 1);
}

/** By time; at the same time in the order of their names, so that the result does not depend on their order of arrival. */
export function inOrder(moves: readonly Move[]): readonly Move[] {
  const key = ({ at, to }: Move) => `${at} ${to}`;
  return [...moves].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
