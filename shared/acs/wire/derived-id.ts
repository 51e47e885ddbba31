/** Derives Switchboard's ids from ACS's: the same thing gets the same id, whichever event or response names it. */
import { createHash } from 'node:crypto';

/** A UUID made of the digest of the names, from which they cannot be read back. */
export function derivedId(...names: readonly string[]): string {
  const digest = createHash('sha256').update(names.join('\n')).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
