/**
 * The position of a client in a stream, which the id of each event encodes: after a cut the client resumes there, at any
 * instance, without loss and without an event twice. Pure.
 */
import { type CallRecord, toCall } from '../calls/call.ts';
import { revisionOf } from '../calls/revision.ts';
import type { CallStory } from '../ledger/reads/call-feeds.ts';
import type { Stored } from '../storage/calls.ts';
import type { RevisedEntry } from '../storage/timeline-rows.ts';
import type { StreamEvent } from './event-stream.ts';

/** In the stream of a call: the revision of the call, and the last entry of its timeline in that. */
export interface StoryPosition {
  readonly revision: number;
  readonly key: string;
}

/** After every entry of a revision, whose keys are times: the call as it is then. */
const afterEntries = '~';

export const storyStart: StoryPosition = { revision: -1, key: '' };

/** The position of an id; undefined when no stream of a call gave it. */
export function storyPositionOf(id: string): StoryPosition | undefined {
  const [, revision, key = ''] = /^(\d{1,15}):(\d{4}-\d\d-[\w:.=-]*|~)$/.exec(id) ?? [];
  return revision === undefined ? undefined : { revision: Number(revision), key };
}

/** What a client at a position has not received: the entries in the order of their writes, then the call. */
export function storyEvents(
  { stored, entries }: CallStory,
  position: StoryPosition,
): { readonly events: readonly StreamEvent[]; readonly position: StoryPosition } {
  const { record } = stored;
  const events = entryEvents(entries, position);
  const last = entries.filter((one) => isAfter(one, position)).at(-1) ?? position;
  const now = afterAll(record);
  return isAfter(now, last)
    ? { events: [...events, { id: `${now.revision}:${now.key}`, event: 'call', data: toCall(record) }], position: now }
    : { events, position: last };
}

/** What a client at a position has not received of entries. */
export function entryEvents(entries: readonly RevisedEntry[], position: StoryPosition): readonly StreamEvent[] {
  return entries
    .filter((one) => isAfter(one, position))
    .map(({ revision, key, entry }) => ({ id: `${revision}:${key}`, event: 'timeline', data: entry }));
}

/** The position after every entry of a revision. */
export function afterRevision(revision: number): StoryPosition {
  return { revision, key: afterEntries };
}

/** Whether a client at a position has received the call as it is, and so every entry before. */
export function hasEverything(record: CallRecord, position: StoryPosition): boolean {
  return !isAfter(afterAll(record), position);
}

function afterAll(record: CallRecord): StoryPosition {
  return afterRevision(revisionOf(record));
}

function isAfter(one: StoryPosition, other: StoryPosition): boolean {
  return one.revision > other.revision || (one.revision === other.revision && one.key > other.key);
}

/** In the stream of live calls: the revision in which each was sent. */
export type LivePosition = ReadonlyMap<string, number>;

const idBytes = 16;
const entryBytes = idBytes + 4;

/** The position as text: ids and revisions in bytes, because a header has to take it. */
export function liveIdOf(position: LivePosition): string {
  const entries = [...position].map(([callId, revision]) => {
    const entry = Buffer.alloc(entryBytes);
    entry.write(callId.replaceAll('-', ''), 'hex');
    entry.writeUInt32BE(revision, idBytes);
    return entry;
  });
  return Buffer.concat(entries).toString('base64url');
}

/** The position of an id; undefined when no stream of live calls gave it. */
export function livePositionOf(id: string): LivePosition | undefined {
  const all = Buffer.from(id, 'base64url');
  if (!/^[\w-]+$/.test(id) || all.length === 0 || all.length % entryBytes !== 0) {
    return undefined;
  }
  const starts = Array.from({ length: all.length / entryBytes }, (_, at) => at * entryBytes);
  return new Map(starts.map((at) => [uuidOf(all.subarray(at, at + idBytes)), all.readUInt32BE(at + idBytes)]));
}

function uuidOf(id: Buffer): string {
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What a client at a position has not received of these calls, those that only ring left out. */
export function liveEvents(
  calls: readonly Stored[],
  position: LivePosition,
): { readonly events: readonly StreamEvent[]; readonly position: LivePosition } {
  const sent = new Map(position);
  const events = calls.flatMap(({ record }): StreamEvent[] => {
    const call = toCall(record);
    const revision = revisionOf(record);
    if (!call || (sent.get(record.callId) ?? -1) >= revision) {
      return [];
    }
    sent.set(record.callId, revision);
    return [{ id: liveIdOf(sent), event: 'call', data: call }];
  });
  return { events, position: sent };
}
