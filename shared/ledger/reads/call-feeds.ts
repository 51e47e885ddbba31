/** Feeds of calls: one of a call with its timeline, and one of all calls that are live. */
import { revisionOf, revisionsPerQuery } from '../../calls/revision.ts';
import type { CallIndex } from '../../storage/call-index.ts';
import type { CallStore, Stored } from '../../storage/calls.ts';
import type { RevisedEntry } from '../../storage/timeline-rows.ts';
import { type Feed, openFeed } from './feed.ts';

/** A call with the latest entries of its timeline, in the order in which they were written. */
export interface CallStory {
  readonly stored: Stored;
  /** The revision after which it has every entry; -1 where it has all of the call. */
  readonly from: number;
  readonly entries: readonly RevisedEntry[];
}

/** The calls that are listed as open, at most `maxLiveCalls`. */
export interface LiveCalls {
  readonly calls: readonly Stored[];
  /** There are others, which are not followed. */
  readonly hasMore: boolean;
}

export interface CallFeeds {
  /** By call id. A poll is one point read, and one query more after a change. */
  readonly stories: Feed<CallStory>;
  /** A poll is one query, and a point read for each call. */
  readonly live: Feed<LiveCalls>;
}

/** The most calls that are followed at once: each costs a read at each poll. */
export const maxLiveCalls = 200;

export function openCallFeeds(calls: CallStore, index: Pick<CallIndex, 'listOpen'>, pollMs: number): CallFeeds {
  return {
    stories: openFeed<CallStory>(async (callId, previous) => {
      const stored = await calls.readCall(callId);
      if (!stored || stored.etag === previous?.stored.etag) {
        return previous;
      }
      const upTo = revisionOf(stored.record);
      // A longer call is not kept whole: who is behind reads the rest, in parts that are as bounded.
      const from = Math.max(upTo - revisionsPerQuery, -1);
      const known = (previous?.entries ?? []).filter(({ revision }) => revision > from);
      const after = Math.max(from, previous ? revisionOf(previous.stored.record) : from);
      return { stored, from, entries: [...known, ...(await calls.readEntries(callId, after, upTo))] };
    }, pollMs),

    live: openFeed<LiveCalls>(async (_, previous) => {
      const page = await index.listOpen(maxLiveCalls, undefined);
      const read = await Promise.all(page.items.map(({ callId }) => calls.readCall(callId)));
      const stored = read.filter((one) => one !== undefined);
      const hasMore = page.nextCursor !== undefined;
      const isSame = previous?.hasMore === hasMore && etagsOf(stored) === etagsOf(previous.calls);
      return isSame ? previous : { calls: stored, hasMore };
    }, pollMs),
  };
}

function etagsOf(calls: readonly Stored[]): string {
  return calls.map(({ record, etag }) => `${record.callId} ${etag}`).join();
}

/** The store of calls, of which each write of this process is notified to the readers of the call. */
export function notifyingReaders(calls: CallStore, { stories }: CallFeeds): CallStore {
  return {
    ...calls,
    async write(change) {
      const outcome = await calls.write(change);
      stories.notify(change.call.record.callId);
      return outcome;
    },
  };
}
