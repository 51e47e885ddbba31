/** Bounds how much runs at once; what finds no slot waits its turn. */
export class Slots {
  #freeCount: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#freeCount = count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#freeCount === 0) {
      await new Promise<void>((begin) => this.#waiting.push(begin));
    } else {
      this.#freeCount -= 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#freeCount += 1;
      } else {
        next();
      }
    }
  }
}
