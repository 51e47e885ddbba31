/**
 * The recordings of a resource: those that run, and the files of those that have ended, for as long as ACS keeps them.
 */

import type { ServerCall } from '../calls/model.ts';
import type { Clock } from '../clock.ts';
import { EncodedFiles } from './encoded-files.ts';
import { fileSound } from './file-content.ts';
import type { MediaFile } from './media-file.ts';
import type { Recording } from './recording.ts';
import type { RecordingFile } from './recording-file.ts';
import { wavFile } from './wav.ts';

/** ACS keeps files for 24 hours (ACS-D5). How many are kept is chosen here. */
const KEEP_FILES_MS = 24 * 3600 * 1000;
const KEEP_FILES = 10_000;

/** How many recordings of a call the control API lists (chosen here), the latest of them. */
const LISTED_RECORDINGS = 100;

interface Kept {
  readonly file: RecordingFile;
  readonly atMs: number;
}

export class RecordingStore {
  readonly #clock: Clock;
  readonly #running = new Map<string, Recording>();
  readonly #byCall = new WeakMap<ServerCall, Recording[]>();
  /** By document id, the oldest first. */
  readonly #kept = new Map<string, Kept>();
  readonly #encoded = new EncodedFiles();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(call: ServerCall, recording: Recording): void {
    this.#running.set(recording.recordingId, recording);
    this.#byCall.set(call, [...this.of(call), recording].slice(-LISTED_RECORDINGS));
  }

  remove({ recordingId }: Recording): void {
    this.#running.delete(recordingId);
  }

  /** The recording, unless it has ended. */
  running(recordingId: string): Recording | undefined {
    return this.#running.get(recordingId);
  }

  /** The recordings of a call: those that have ended, and at most one that runs. */
  of(call: ServerCall): readonly Recording[] {
    return this.#byCall.get(call) ?? [];
  }

  /** The recording that runs in the call. */
  runningIn(call: ServerCall): Recording | undefined {
    return this.of(call).find(({ timeline }) => timeline.endedAtMs === undefined);
  }

  /** Offers a file for download from now on. */
  keep(file: RecordingFile): void {
    this.#kept.set(file.documentId, { file, atMs: this.#clock.now() });
    this.#removeOld();
  }

  /** The file, unless it was deleted or is older than a day. */
  file(documentId: string): RecordingFile | undefined {
    this.#removeOld();
    return this.#kept.get(documentId)?.file;
  }

  /** The media in a file: a WAV is computed while it is read, the others are encoded once. */
  async media(file: RecordingFile): Promise<MediaFile> {
    const { format } = file.recording.terms;
    return format === 'wav'
      ? wavFile(fileSound(file))
      : await this.#encoded.get(file.documentId, format, () => fileSound(file));
  }

  /** Deletes the file, and what was written to disk for it. */
  delete({ documentId }: RecordingFile): void {
    this.#kept.delete(documentId);
    this.#encoded.delete(documentId);
  }

  /** Removes all files from disk. */
  close(): void {
    this.#encoded.clear();
  }

  // A Map keeps insertion order, so the oldest come first.
  #removeOld(): void {
    for (const { file, atMs } of this.#kept.values()) {
      if (this.#kept.size <= KEEP_FILES && atMs > this.#clock.now() - KEEP_FILES_MS) {
        return;
      }
      this.delete(file);
    }
  }
}
