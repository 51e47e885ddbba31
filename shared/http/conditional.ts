/** Conditional requests of RFC 9110: ETags, `If-None-Match` of reads, `If-Match` of writes. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../errors.ts';
import type { Refusal } from '../storage/tables.ts';
import type { View } from './masking/view.ts';
import type { ApiResponse } from './reply.ts';

const digestBytes = 16;

/** The header of writes that take a condition. */
export const ifMatch = {
  'If-Match': z.string().meta({
    description: 'The ETag that the client has read: the write is refused when the resource has changed since',
  }),
};

/** The header of responses that have an ETag. */
export const versionHeader = { etag: 'Version of the resource, for `If-Match` and `If-None-Match`' };

/** The version of a resource. */
export interface Version {
  /** Of the row that it is made of. */
  readonly etag: string;
  /** Changes with the writes of clients only, where the app changes the row as well: all that `If-Match` compares. */
  readonly revision?: string;
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, digestBytes).toString('base64url');
}

/** How each ETag of a revision starts. */
const startOf = (revision: string) => `"${digestOf([revision])}.`;

/** A strong ETag of what identifies a representation: its text, or the version of the row that it is made of. */
function etagOf(parts: readonly string[], revision?: string): string {
  return `${revision === undefined ? '"' : startOf(revision)}${digestOf(parts)}"`;
}

/** The ETag of a version as a caller sees it: a masked representation is another than the whole one. */
export function etagOfView(
  { seesPeople }: Pick<View, 'seesPeople'>,
  { etag, revision }: Version,
  ...query: readonly string[]
): string {
  return etagOf([etag, ...query, ...(seesPeople ? [] : ['masked'])], revision);
}

/** Whether an `If-Match` or `If-None-Match` names an ETag. A proxy that compresses marks a strong one as weak (`W/`). */
function names(header: string | null, isNamed: (etag: string) => boolean): boolean {
  const listed = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return listed.includes('*') || listed.some(isNamed);
}

/**
 * Answers a read: 304 when the client has the current representation. With the ETag of a version nothing is read for that;
 * without one the response itself is compared. A browser revalidates each time, so that nothing outdated is shown.
 */
export async function answerUnlessKnown(
  requested: Headers,
  etagOfVersion: string | undefined,
  answer: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const known = requested.get('if-none-match');
  const unchanged = (etag: string): ApiResponse | undefined =>
    names(known, (one) => one === etag) ? { status: 304, headers: caching(etag) } : undefined;
  const withoutReading = etagOfVersion === undefined ? undefined : unchanged(etagOfVersion);
  if (withoutReading) {
    return withoutReading;
  }
  const response = await answer();
  if (response.status !== 200 || typeof response.body !== 'string') {
    return response;
  }
  const etag = etagOfVersion ?? etagOf([response.body]);
  return unchanged(etag) ?? { ...response, headers: { ...response.headers, ...caching(etag) } };
}

function caching(etag: string): Readonly<Record<string, string>> {
  return { etag, 'cache-control': 'private, no-cache' };
}

/**
 * The condition under which a write may happen: that no client has changed the resource since its client has read it. Storage
 * checks it, so of two writers with the same version one is refused. Throws the 412 of one that has changed before.
 */
export async function writeCondition<Current extends Version>(
  headers: Headers,
  read: () => Promise<Current | undefined>,
): Promise<Current | undefined> {
  const ifMatch = headers.get('if-match');
  if (ifMatch === null) {
    return undefined;
  }
  const current = await read();
  if (!current || !names(ifMatch, (etag) => isVersion(etag, current))) {
    throw preconditionFailed();
  }
  return current;
}

/** Whether an ETag is that of a version, in either view. */
function isVersion(etag: string, { revision, ...version }: Version): boolean {
  return revision === undefined
    ? [true, false].some((seesPeople) => etag === etagOfView({ seesPeople }, version))
    : etag.startsWith(startOf(revision));
}

/** The headers of what was stored. Throws the 412 where another write was first. */
export function storedUnder(written: Version | Refusal): Readonly<Record<string, string>> {
  if (typeof written === 'string') {
    throw preconditionFailed();
  }
  return { etag: etagOfView({ seesPeople: true }, written) };
}

/** Whether there was something to delete. Throws the 412 where a write was first. */
export function deletedUnder(deleted: 'deleted' | Refusal): boolean {
  if (deleted === 'changed') {
    throw preconditionFailed();
  }
  return deleted === 'deleted';
}

function preconditionFailed(): AppError {
  return new AppError(
    'preconditionFailed',
    'The resource is not the version that If-Match names. Read it again, and decide whether the change still applies.',
  );
}
