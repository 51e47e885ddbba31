/** What the rows of a call hold that are more than one document. */
import type { RawEvent } from '../calls/event.ts';
import type { StoryEntry } from '../calls/export.ts';
import type { Progress } from '../calls/operation-life/operation-record.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { fromEntity, fromProperties } from './document.ts';

/** The progress stored with ACS's response, and the outcome beside it, which may be there without a response. */
export function progressOf(entity: object): Progress {
  const stored: Progress = { status: 'accepted', ...fromEntity<Partial<Progress>>(entity) };
  return { ...stored, ...fromProperties<Partial<Progress>>('outcome', entity) };
}

/** An entry of the timeline, and the event that is kept beside it. */
export function storyEntryOf(entity: object): StoryEntry {
  return { entry: fromEntity<TimelineEntry>(entity), raw: fromProperties<RawEvent>('raw', entity) };
}
