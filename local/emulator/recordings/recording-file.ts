/** A chunk of a recording that has ended, as a file with an id. */

import type { Chunk } from './chunks.ts';
import type { Recording } from './recording.ts';

export interface RecordingFile extends Chunk {
  readonly documentId: string;
  readonly recording: Recording;
}
