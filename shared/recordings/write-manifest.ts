/** Writes the manifest of an archived recording, last of all its files. */
import type { RecordingArchive } from '../storage/recording-archive.ts';
import { checkedBytes } from './checked-bytes.ts';
import { type ArchivedChunk, chunksIn } from './manifest.ts';

const contentType = 'application/json';

/** A manifest has some kilobytes; one that is larger is none. */
const maxManifestBytes = 4 * 1024 * 1024;

/**
 * Writes the manifest. One that lists these chunks already stays: an attempt that was interrupted after it wrote it differs
 * in its time only. One that lists fewer is replaced, since a later event named more.
 */
export async function writeManifest(
  archive: RecordingArchive,
  folder: string,
  chunks: readonly ArchivedChunk[],
  manifest: string,
): Promise<void> {
  const name = `${folder}manifest.json`;
  const known = await archive.find(name);
  const listed = known ? chunksIn(await archive.readText(name, maxManifestBytes)) : [];
  if (!known || !chunks.every(({ chunk }) => listed.includes(chunk))) {
    await archive.write(name, contentType, checkedBytes({ bytes: textBytes(manifest) }), { replacing: known?.etag });
  }
}

async function* textBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
