/** The rows of the index of calls, and their keys. */
import type { TransactionAction } from '@azure/data-tables';
import type { CallRecord } from '../calls/call.ts';
import type { Term } from '../calls/facets.ts';
import { fromEntity, fromProperties, toEntity, toProperties } from './document.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { postingKeys } from './postings.ts';

/** What a row points at. */
export interface Indexed {
  readonly callId: string;
  readonly createdAt: string;
}

/** A call that housekeeping checks, and the keys of the terms that the index has of it. */
export interface IndexedOpen extends Indexed {
  /** When a call that was over was listed among the open ones again. */
  readonly reopenedAt?: string;
  readonly terms: readonly string[];
}

/** A call that is over, and since when. */
export interface IndexedOver extends Indexed {
  readonly overSince: string;
  readonly terms: readonly string[];
}

/** What is kept of a call for a time of its own: digits and speech, and the files of its recordings. */
export type KeptApart = 'content' | 'recordings';

/** A call that is over, and has something that is kept for a time of its own. */
export type IndexedKept = Pick<IndexedOver, 'callId' | 'overSince'>;

export const partition = 'calls';

/** The key of a term. No value is part of it in clear: some are numbers of people. */
export async function termKey({ list, facet, value }: Term, hash: KeyedHash): Promise<string> {
  return facet === undefined ? list : `${list}.${facet}.${await hash(`${list}.${facet}:${value}`)}`;
}

/** The rows of a call under terms that the index does not have yet, and the keys under those that the call lost. */
export function difference(call: Indexed, before: readonly string[], after: readonly string[]) {
  const posted = { id: call.callId, createdAt: call.createdAt };
  const isNew = (term: string) => !before.includes(term);
  const isLost = (term: string) => !after.includes(term);
  return {
    puts: postingKeys(after.filter(isNew), posted).map((key) => postingRow(key, call)),
    removals: postingKeys(before.filter(isLost), posted),
  };
}

export function toOpen(entity: object): IndexedOpen {
  return { ...fromEntity<Indexed>(entity), terms: fromProperties<string[]>('terms', entity) ?? [] };
}

/** The terms stand beside the document, which `reopen` replaces. */
export function openRow({ terms, ...indexed }: IndexedOpen) {
  return { ...toEntity(partition, openKey(indexed.callId), indexed), ...toProperties('terms', terms) };
}

function postingRow(rowKey: string, { callId, createdAt }: Indexed): TransactionAction {
  return ['upsert', toEntity(partition, rowKey, { callId, createdAt }), 'Replace'];
}

export function deletion(rowKey: string): TransactionAction {
  return ['delete', { partitionKey: partition, rowKey }];
}

export function openKey(callId: string): string {
  return `open:${callId}`;
}

export function overKey({ overSince, callId }: Pick<IndexedOver, 'overSince' | 'callId'>): string {
  return `over:${overSince}:${callId}`;
}

/** The rows by which what is kept apart of a call is found in time. Only a call with recordings has one for them. */
export function keptRows(
  call: Pick<CallRecord, 'recordings'>,
  { callId, overSince }: IndexedKept,
): TransactionAction[] {
  const kinds: readonly KeptApart[] = Object.keys(call.recordings).length > 0 ? ['content', 'recordings'] : ['content'];
  const kept: IndexedKept = { callId, overSince };
  return kinds.map((kind) => ['upsert', toEntity(partition, keptKey(kind, kept), kept), 'Replace']);
}

export function keptKey(kind: KeptApart, { overSince, callId }: IndexedKept): string {
  return `${kind}:${overSince}:${callId}`;
}

export function overOf({ callId, createdAt, endedAt }: CallRecord) {
  return { callId, overSince: endedAt ?? createdAt };
}
