/**
 * Cursors of lists. A cursor is the position after the last item of a page, with a signature over the list and the position:
 * one that is truncated, forged, or of another list, deployment or filter, is refused instead of starting at a wrong place.
 */
import { timingSafeEqual } from 'node:crypto';
import type { KeyedHash } from '../storage/keyed-hash.ts';

/** What a list is: the endpoint, its path parameters and its filters. */
export interface ListIdentity {
  readonly endpoint: string;
  readonly path: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, unknown>>;
}

/** The cursor of a position in a list. `sign` has the key of the deployment. */
export async function cursorOf(sign: KeyedHash, list: ListIdentity, position: string): Promise<string> {
  return `${Buffer.from(position).toString('base64url')}.${await sign(signedText(list, position))}`;
}

/** The position of a cursor; undefined when this list never gave it. */
export async function positionOf(sign: KeyedHash, list: ListIdentity, cursor: string): Promise<string | undefined> {
  const position = Buffer.from(cursor.slice(0, cursor.lastIndexOf('.')), 'base64url').toString();
  const given = Buffer.from(cursor);
  const expected = Buffer.from(await cursorOf(sign, list, position));
  return given.length === expected.length && timingSafeEqual(given, expected) ? position : undefined;
}

/** The key also hashes the terms of the index of calls, which start otherwise. */
function signedText({ endpoint, path, filters }: ListIdentity, position: string): string {
  const sorted = (values: object) => Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
  return `cursor:${JSON.stringify([endpoint, sorted(path), sorted(filters), position])}`;
}
