/** Reads the names that ACS gives files in a container of the caller's, for files whose event never came. Pure. */
import type { Chunk } from '../calls/recording-record.ts';

/** `{chunk}-acsmetadata….json` beside `{chunk}-{kind}….wav` (documented). */
const named = /^([^-]+)-(acsmetadata)?.*\.(json|wav|mp3|mp4)$/i;

/** The chunks that these addresses are of, in the order of their names. Anything else is left out. */
export function chunksAmong(addresses: readonly string[]): Chunk[] {
  const files = addresses.flatMap((address) => {
    const name = decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? '');
    const [, chunk = '', metadata, extension = ''] = named.exec(name) ?? [];
    const isMetadata = metadata !== undefined && extension.toLowerCase() === 'json';
    const isContent = metadata === undefined && extension !== '' && extension.toLowerCase() !== 'json';
    return isMetadata || isContent ? [{ address, name, chunk, isMetadata }] : [];
  });
  const metadataOf = new Map(
    files.filter(({ isMetadata }) => isMetadata).map(({ chunk, address }) => [chunk, address]),
  );
  return files
    .filter(({ isMetadata }) => !isMetadata)
    .sort((a, b) => a.chunk.localeCompare(b.chunk, 'en', { numeric: true }))
    .map(({ address, name, chunk }, index): Chunk => {
      const metadataLocation = metadataOf.get(chunk);
      const located = { index, documentId: name, contentLocation: address };
      return { ...located, ...(metadataLocation !== undefined && { metadataLocation }) };
    });
}
