/** How an episode changes the row of its instance. Pure. */

import { type Columns, eventColumn, eventColumnsIn } from './rows.ts';

export interface RowChange {
  /** The row afterwards. */
  readonly columns: Columns;
  /** What of it has to be written; undefined when that is all of it. */
  readonly written?: Columns;
  /** Events to move into a row of their own. */
  readonly page?: Columns;
}

/** Below what a row may have: 252 columns, and 1 MB, in which a character takes two bytes (documented). */
const mostEpisodes = 50;
const mostCharacters = 350_000;

/** Adds columns, and the events of an episode, to a row; `before` is undefined for the first of an execution. */
export function changeRow(before: Columns | undefined, changed: Columns, events: string | undefined): RowChange {
  const kept = before === undefined ? {} : eventColumnsIn(before);
  const { length: episodeCount } = Object.keys(kept);
  const added = (episode: number) => (events === undefined ? {} : { [eventColumn(episode)]: events });
  if (before === undefined) {
    return { columns: { ...changed, pageCount: 0, ...added(0) } };
  }
  if (!isFull(kept)) {
    const written = { ...changed, ...added(episodeCount) };
    return { columns: { ...before, ...written }, written };
  }
  const own = Object.fromEntries(Object.entries(before).filter(([name]) => !(name in kept)));
  return { columns: { ...own, ...changed, pageCount: Number(before.pageCount) + 1, ...added(0) }, page: kept };
}

function isFull(events: Columns): boolean {
  const texts = Object.values(events);
  return (
    texts.length >= mostEpisodes || texts.reduce<number>((sum, text) => sum + String(text).length, 0) > mostCharacters
  );
}
