/** Who is in a call, in the order in which they joined. */

import type { Identifier } from '../identifiers.ts';

/**
 * The participants of a call. A number that is moved into a call that lists it already is one participant more
 * (ACS-D35), so several may have the same raw id. What a request for that id means is not documented; chosen here: a
 * removal and a move concern all of them, since the removed participant is off the list, and anything else the first.
 */
export class Roster<Participant extends { readonly identifier: Identifier }> {
  readonly #participants = new Set<Participant>();

  get size(): number {
    return this.#participants.size;
  }

  add(participant: Participant): void {
    this.#participants.add(participant);
  }

  /** Whether the participant was in it. */
  delete(participant: Participant): boolean {
    return this.#participants.delete(participant);
  }

  includes(participant: Participant): boolean {
    return this.#participants.has(participant);
  }

  has(rawId: string): boolean {
    return this.get(rawId) !== undefined;
  }

  /** The one with this raw id who joined first. */
  get(rawId: string): Participant | undefined {
    return this.all(rawId)[0];
  }

  /** Everyone with this raw id. */
  all(rawId: string): Participant[] {
    return this.values().filter(({ identifier }) => identifier.rawId === rawId);
  }

  values(): Participant[] {
    return [...this.#participants];
  }
}
