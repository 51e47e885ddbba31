/** Encoded files on disk: each is written on its first download, and removed with its recording. */

import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EncodedFormat, encode } from './encode.ts';
import type { MediaFile } from './media-file.ts';
import type { Sound } from './sound.ts';

const MEDIA_TYPES: Record<EncodedFormat, string> = { mp3: 'audio/mpeg', mp4: 'video/mp4' };

export class EncodedFiles {
  readonly #files = new Map<string, Promise<MediaFile>>();
  #directory: string | undefined;

  /** The file of a document; a second call waits while the first writes it. */
  get(documentId: string, format: EncodedFormat, sound: () => Sound): Promise<MediaFile> {
    const known = this.#files.get(documentId);
    if (known !== undefined) {
      return known;
    }
    const file = this.#write(documentId, format, sound());
    this.#files.set(documentId, file);
    // A failure reaches the callers that wait; the next call writes again.
    void file.catch(() => this.#files.delete(documentId));
    return file;
  }

  delete(documentId: string): void {
    if (this.#directory !== undefined && this.#files.delete(documentId)) {
      rmSync(join(this.#directory, documentId), { force: true });
    }
  }

  /** Removes all files. */
  clear(): void {
    this.#files.clear();
    if (this.#directory !== undefined) {
      rmSync(this.#directory, { recursive: true, force: true });
      this.#directory = undefined;
    }
  }

  async #write(documentId: string, format: EncodedFormat, sound: Sound): Promise<MediaFile> {
    this.#directory ??= mkdtempSync(join(tmpdir(), 'acs-emulator-recordings-'));
    const path = join(this.#directory, documentId);
    await encode(sound, format, path);
    const { size } = await stat(path);
    return {
      mediaType: MEDIA_TYPES[format],
      length: size,
      read: (from, until) => (from < until ? createReadStream(path, { start: from, end: until - 1 }) : []),
    };
  }
}
