/** Reads the names that ACS gives files in a caller's own container, for files whose event was lost. Pure. */
import type { Chunk } from '../calls/recording/recording-record.ts';

/** `{chunk}-{kind}….wav` beside `{chunk}-acsmetadata….json` (ACS-D6). */
const contentName = /^([^-]+)-.*\.(?:wav|mp3|mp4)$/i;
const metadataName = /^([^-]+)-acsmetadata.*\.json$/i;

/** The chunks that these addresses are of, in the order of their names. Anything else is left out. */
export function chunksAmong(addresses: readonly string[]): Chunk[] {
  const metadata = new Map(
    addresses.flatMap((address) => named(address, metadataName).map(({ chunk }) => [chunk, address])),
  );
  return addresses
    .flatMap((address) => named(address, contentName))
    .sort((a, b) => a.chunk.localeCompare(b.chunk, 'en', { numeric: true }))
    .map(({ address, name, chunk }, index): Chunk => {
      const metadataLocation = metadata.get(chunk);
      const located = { index, documentId: name, contentLocation: address };
      return { ...located, ...(metadataLocation !== undefined && { metadataLocation }) };
    });
}

function named(address: string, pattern: RegExp) {
  const name = decodeURIComponent(new URL(address).pathname).replace(/^.*\//, '');
  const [, chunk] = pattern.exec(name) ?? [];
  return chunk === undefined ? [] : [{ address, name, chunk }];
}
