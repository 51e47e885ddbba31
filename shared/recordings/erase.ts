/** Deletes the files of a recording. */
import { deleteContent } from '../acs/client/recording-content.ts';
import type { Chunk, RecordingRecord } from '../calls/recording/recording-record.ts';
import type { RecordingArchive } from '../storage/recording-archive.ts';
import { isOfHosts } from './locations.ts';
import type { Sources } from './source.ts';

/** Deletes the archive of a recording and ACS's copy, if there are any. Files in a container of the caller's stay: they are theirs. */
export async function eraseRecording(
  archive: RecordingArchive,
  sources: Sources,
  { archiving }: RecordingRecord,
): Promise<void> {
  if (archiving) {
    await eraseAtAcs(sources, archiving.chunks);
    await archive.deleteAll(archiving.folder);
  }
}

/** Deletes ACS's copy of the chunks. */
export async function eraseAtAcs({ acs, contentHosts }: Sources, chunks: readonly Chunk[]): Promise<void> {
  for (const { deleteLocation } of chunks) {
    if (deleteLocation !== undefined && isOfHosts(deleteLocation, contentHosts)) {
      await deleteContent(acs, deleteLocation);
    }
  }
}
