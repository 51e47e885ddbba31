/** The `Disposable` of `@azure/functions-core`: undoes a registration, once. */

interface DisposableLike {
  dispose(): unknown;
}

export class Disposable {
  #onDispose: (() => unknown) | undefined;

  constructor(onDispose: () => unknown) {
    this.#onDispose = onDispose;
  }

  /** One disposable for many; what they return is not awaited. */
  static from(...disposables: readonly DisposableLike[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) {
        disposable.dispose();
      }
    });
  }

  dispose(): unknown {
    const onDispose = this.#onDispose;
    this.#onDispose = undefined;
    return onDispose?.();
  }
}
