/** Turns to speak: a recognize that listens to somebody gives them one, and their script takes it. */

export class Turns {
  /** Who listens and was not answered yet. */
  readonly #untaken = new Set<object>();
  readonly #waiting: (() => void)[] = [];

  /** Somebody begins to listen. */
  give(listener: object): void {
    const act = this.#waiting.shift();
    if (act === undefined) {
      this.#untaken.add(listener);
    } else {
      act();
    }
  }

  /** Somebody listens no longer. */
  withdraw(listener: object): void {
    this.#untaken.delete(listener);
  }

  /** Acts as soon as somebody listens; each of them is answered once. */
  take(act: () => void): void {
    const [listener] = this.#untaken;
    if (listener === undefined) {
      this.#waiting.push(act);
      return;
    }
    this.#untaken.delete(listener);
    act();
  }
}
