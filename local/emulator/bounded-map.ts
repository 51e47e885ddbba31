/** Keeping the emulator from growing: it runs for days, and what nobody deletes must go by itself. */

/** A map that holds so many entries at most: the oldest goes when another comes. */
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
