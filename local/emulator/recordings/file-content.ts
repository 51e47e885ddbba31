/** The content of a recording's file: its sound, and the metadata beside it. */

import { channelsOf } from './channels.ts';
import { inMemory, type MediaFile } from './media-file.ts';
import { metadataOf } from './metadata.ts';
import type { RecordingFile } from './recording-file.ts';
import { type Sound, soundOf } from './sound.ts';

/** The sound in the file. */
export function fileSound({ recording: { terms, timeline }, ...chunk }: RecordingFile): Sound {
  return soundOf(timeline, chunk, channelsOf(terms, timeline));
}

/** The metadata beside it, as bytes: the service does not call them JSON either (ACS-R14). */
export function metadataFile(file: RecordingFile): MediaFile {
  return inMemory('application/octet-stream', Buffer.from(JSON.stringify(metadataOf(file))));
}
