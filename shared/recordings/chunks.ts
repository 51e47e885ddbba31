/** Copies the chunks of a recording into the archive, each with its metadata. What an earlier attempt copied stays. */
import type { Archiving, Chunk, RecordingKind, RecordingRecord } from '../calls/recording/recording-record.ts';
import type { FileFacts, RecordingArchive, StoredFile } from '../storage/recording-archive.ts';
import { checkedBytes } from './checked-bytes.ts';
import { type ArchivedChunk, factsOf } from './manifest.ts';
import { openSource, type Sources } from './source.ts';

const contentTypes: Readonly<Record<RecordingKind['format'], string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
};

/** Metadata has a few kilobytes; times of larger metadata are left out. */
const maxMetadataBytes = 1024 * 1024;

/** Copies one chunk. Throws what is wrong with it: nothing of a file that is wrong gets into the archive. */
export async function archiveChunk(
  archive: RecordingArchive,
  sources: Sources,
  recording: RecordingRecord & { readonly archiving: Archiving },
  chunk: Chunk,
): Promise<ArchivedChunk> {
  const { archiving, format } = recording;
  const contentType = format === undefined ? 'application/octet-stream' : contentTypes[format];
  const { documentId } = chunk;
  const copy = async (name: string, type: string, location: string): Promise<StoredFile> =>
    (await archive.find(`${archiving.folder}${name}`)) ??
    archive.write(`${archiving.folder}${name}`, type, checkedBytes(await openSource(sources, recording, location)), {
      documentId,
    });

  // Without a known format there is no extension.
  const name = `chunk-${chunk.index}${format === undefined ? '' : `.${format}`}`;
  const metadataName = `chunk-${chunk.index}.metadata.json`;
  const { metadataLocation } = chunk;
  const metadata = metadataLocation && (await copy(metadataName, 'application/json', metadataLocation));
  const facts = factsOf(metadata ? await archive.readText(`${archiving.folder}${metadataName}`, maxMetadataBytes) : '');
  const content = await copy(name, contentType, chunk.contentLocation);
  return {
    chunk: chunk.index,
    documentId: content.documentId ?? documentId,
    name,
    contentType,
    ...identityOf(content),
    ...facts,
    ...(metadata && { metadata: { name: metadataName, ...identityOf(metadata) } }),
  };
}

function identityOf({ lengthBytes, sha256 }: StoredFile): FileFacts {
  return { lengthBytes, sha256 };
}
