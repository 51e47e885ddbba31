/**
 * Cursors of lists. A cursor is the position after the last item of a page, with a digest over the list and the position:
 * one that is truncated, or of another list, deployment or filter, is refused instead of starting at a wrong place.
 */
import { createHash } from 'node:crypto';

/** What a list is: the API that has it, the endpoint, its path parameters and its filters. */
export interface ListIdentity {
  readonly api: string;
  readonly endpoint: string;
  readonly path: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, unknown>>;
}

const digestBytes = 12;

/** The cursor of a position in a list. */
export function cursorOf(list: ListIdentity, position: string): string {
  return `${Buffer.from(position).toString('base64url')}.${digest(list, position)}`;
}

/** The position of a cursor; undefined when this list never gave it. */
export function positionOf(list: ListIdentity, cursor: string): string | undefined {
  const position = Buffer.from(cursor.slice(0, cursor.lastIndexOf('.')), 'base64url').toString();
  return cursorOf(list, position) === cursor ? position : undefined;
}

/** No secret is needed: a cursor gives access to nothing that its list does not give (docs/decisions). */
function digest({ api, endpoint, path, filters }: ListIdentity, position: string): string {
  const sorted = (values: object) => Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
  const text = JSON.stringify([api, endpoint, sorted(path), sorted(filters), position]);
  return createHash('sha256').update(text).digest().subarray(0, digestBytes).toString('base64url');
}
