/** Range requests: the requested bytes of a file (RFC 9110). */

/** Bytes from `from` up to, but not including, `until`. */
export interface ByteRange {
  readonly from: number;
  readonly until: number;
}

/**
 * The bytes of a file that a Range header requests: undefined for the whole file, which is also the answer to a header
 * that is invalid or has several ranges; `unsatisfiable` when the file has none of them.
 */
export function byteRange(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') {
    return undefined;
  }
  if (first !== '' && last !== '' && Number(last) < Number(first)) {
    return undefined;
  }
  // Without a first byte, the second number counts from the end.
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const until = first === '' || last === '' ? length : Math.min(Number(last) + 1, length);
  return from < until ? { from, until } : 'unsatisfiable';
}
