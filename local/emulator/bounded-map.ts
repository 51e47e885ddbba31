/** A map with a limit: the emulator runs for days, and what no client deletes must not fill its memory. */

/** Holds at most `limit` entries: a new one replaces the oldest. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #limit: number;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override set(key: Key, value: Value): this {
    super.set(key, value);
    for (const oldest of this.keys()) {
      if (this.size <= this.#limit) {
        break;
      }
      this.delete(oldest);
    }
    return this;
  }
}
