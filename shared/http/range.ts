/** Byte ranges of RFC 9110: one range a request, as players and download managers ask. Pure. */

/** The bytes to answer with. */
export interface ByteRange {
  readonly first: number;
  readonly count: number;
}

/**
 * The range that a `Range` header asks of a file; `whole` when it asks none, several, or another unit than bytes, which
 * a server may ignore; `unsatisfiable` when none of its bytes are there. A range is answered with `maxBytes` at most.
 */
export function rangeOf(
  header: string | null,
  lengthBytes: number,
  maxBytes = lengthBytes,
): ByteRange | 'whole' | 'unsatisfiable' {
  const [, from = '', to = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? [];
  if ((from === '' && to === '') || (from !== '' && to !== '' && Number(from) > Number(to))) {
    return 'whole';
  }
  const first = from === '' ? Math.max(0, lengthBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? lengthBytes - 1 : Math.min(Number(to), lengthBytes - 1);
  return first > last ? 'unsatisfiable' : { first, count: Math.min(last - first + 1, maxBytes) };
}
