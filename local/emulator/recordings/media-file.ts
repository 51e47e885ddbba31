/** A file with random access, on a disk or computed while it is read. */

export interface MediaFile {
  readonly mediaType: string;
  readonly length: number;
  /** The bytes from `from` up to, but not including, `until`, piece by piece. */
  read(from: number, until: number): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A small file that is in memory already. */
export function inMemory(mediaType: string, content: Uint8Array): MediaFile {
  return { mediaType, length: content.length, read: (from, until) => [content.subarray(from, until)] };
}
