/** Deletes the files of a recording. */
import { deleteContent } from '../acs/client/recording-content.ts';
import type { Chunk, RecordingRecord } from '../calls/recording/recording-record.ts';
import type { KeptBlob, RecordingArchive } from '../storage/recording-archive.ts';
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

/** Files that could not be deleted: why, how many, and where they are. */
export interface KeptFiles {
  readonly reason: KeptBlob | 'acsRefused' | 'ownContainer';
  readonly count: number;
  readonly at: string;
}

/** Deletes the files of a recording as far as storage and ACS allow; what is left of them. */
export async function eraseFiles(
  archive: RecordingArchive,
  sources: Sources,
  { archiving, destinationUrl }: RecordingRecord,
): Promise<readonly KeptFiles[]> {
  const own: KeptFiles[] =
    destinationUrl === undefined ? [] : [{ reason: 'ownContainer', count: 1, at: new URL(destinationUrl).pathname }];
  if (!archiving) {
    return own;
  }
  const locations = archiving.chunks.flatMap(({ deleteLocation }) =>
    deleteLocation !== undefined && isOfHosts(deleteLocation, sources.contentHosts) ? [deleteLocation] : [],
  );
  const left = await Promise.all(locations.map((location) => eraseAt(archive, sources, location)));
  return [...own, ...left.flat(), ...(await eraseAt(archive, sources, archiving.folder))];
}

/** Deletes what is at an address of ACS, or in a folder of the archive; what is left of it. */
export async function eraseAt(archive: RecordingArchive, sources: Sources, at: string): Promise<readonly KeptFiles[]> {
  if (URL.canParse(at)) {
    const isGone = await deleteContent(sources.acs, at).then(
      () => true,
      () => false,
    );
    return isGone ? [] : [{ reason: 'acsRefused', count: 1, at }];
  }
  const kept = await archive.erase(at);
  return (Object.entries(kept) as [KeptBlob, number][]).map(([reason, count]) => ({ reason, count, at }));
}
