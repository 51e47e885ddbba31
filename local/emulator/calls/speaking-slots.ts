/** Speaking slots: a recognize that listens to a participant opens one, and the participant's script takes it. */

export class SpeakingSlots {
  /** The recognizes that listen and have no answer yet. */
  readonly #open = new Set<object>();
  readonly #waiting: (() => void)[] = [];

  /** A recognize starts to listen. */
  open(listener: object): void {
    const act = this.#waiting.shift();
    if (act === undefined) {
      this.#open.add(listener);
    } else {
      act();
    }
  }

  /** A recognize no longer listens. */
  close(listener: object): void {
    this.#open.delete(listener);
  }

  /** Acts as soon as a slot is open; each slot is taken once. */
  take(act: () => void): void {
    const [listener] = this.#open;
    if (listener === undefined) {
      this.#waiting.push(act);
      return;
    }
    this.#open.delete(listener);
    act();
  }
}
