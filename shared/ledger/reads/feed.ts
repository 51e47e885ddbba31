/**
 * Follows values that any instance may change. Of one value all readers in this process share one poll, which a change made
 * in this process brings forward; without a reader nothing is read.
 */
import { AppError } from '../../errors.ts';
import { withoutClient } from '../../storage-time.ts';

export interface Feed<T> {
  /** The value, then each later one until the signal: values between two that a slow reader takes are left out. */
  follow(key: string, signal: AbortSignal): AsyncGenerator<T>;
  /** Reads the value now, because it has changed in this process. */
  notify(key: string): void;
}

interface Followed<T> {
  readers: number;
  value?: T;
  failure?: unknown;
  changed: PromiseWithResolvers<void>;
  /** Until the next poll. */
  pause: PromiseWithResolvers<void>;
}

/** `read` returns the previous value itself when nothing has changed, and undefined for a value that does not exist. */
export function openFeed<T extends object>(
  read: (key: string, previous: T | undefined) => Promise<T | undefined>,
  pollMs: number,
): Feed<T> {
  const all = new Map<string, Followed<T>>();

  async function poll(key: string, followed: Followed<T>): Promise<void> {
    while (followed.readers > 0) {
      const pause = Promise.withResolvers<void>();
      followed.pause = pause;
      try {
        const value = await read(key, followed.value);
        if (value !== undefined && value !== followed.value) {
          followed.value = value;
          wake(followed);
        }
      } catch (error) {
        // An outage of storage is waited out: until the next poll succeeds the readers keep what they have.
        if (!(error instanceof AppError)) {
          followed.failure = error;
          wake(followed);
          break;
        }
      }
      const timer = setTimeout(pause.resolve, pollMs);
      await pause.promise;
      clearTimeout(timer);
    }
    all.delete(key);
  }

  function join(key: string): Followed<T> {
    const known = all.get(key);
    if (known) {
      known.readers += 1;
      return known;
    }
    const followed: Followed<T> = { readers: 1, changed: Promise.withResolvers(), pause: Promise.withResolvers() };
    all.set(key, followed);
    void withoutClient(() => poll(key, followed));
    return followed;
  }

  return {
    async *follow(key, signal) {
      const aborted = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      const followed = join(key);
      let taken: T | undefined;
      try {
        while (!signal.aborted) {
          const { value, changed } = followed;
          if (followed.failure !== undefined) {
            throw followed.failure;
          }
          if (value !== undefined && value !== taken) {
            taken = value;
            yield value;
          } else {
            await Promise.race([changed.promise, aborted]);
          }
        }
      } finally {
        followed.readers -= 1;
        followed.pause.resolve();
      }
    },

    notify: (key) => all.get(key)?.pause.resolve(),
  };
}

function wake<T>(followed: Followed<T>): void {
  const { changed } = followed;
  followed.changed = Promise.withResolvers();
  changed.resolve();
}
