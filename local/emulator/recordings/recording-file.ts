/** A chunk of a recording that has ended, as a file that can be fetched. */

import { channelsOf } from './channels.ts';
import type { Chunk } from './chunks.ts';
import { inMemory, type MediaFile } from './media-file.ts';
import { metadataOf } from './metadata.ts';
import type { Recording } from './recording.ts';
import { type Sound, soundOf } from './sound.ts';

export interface RecordingFile extends Chunk {
  readonly documentId: string;
  readonly recording: Recording;
}

/** The sound in the file. */
export function fileSound({ recording: { terms, timeline }, ...chunk }: RecordingFile): Sound {
  return soundOf(timeline, chunk, channelsOf(terms, timeline));
}

/** The metadata beside it, as bytes: the service calls them no JSON either (recorded). */
export function metadataFile(file: RecordingFile): MediaFile {
  return inMemory('application/octet-stream', Buffer.from(JSON.stringify(metadataOf(file))));
}
