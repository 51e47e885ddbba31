/** Checks what is open: calls, recordings, sequences. */

/** More would take the connections to storage away from the requests of the same process. */
const checkedAtOnce = 8;

/**
 * Checks each item, several at a time, so that a call that waits for ACS does not delay the others. The youngest come first:
 * ACS recognizes a repeated request for some minutes only, and a process that is killed again and again would never reach the
 * end of the list. A failure does not prevent the checks of the others, unless `isOfAll` says that they would fail as well.
 * Throws all failures together.
 */
export async function checkEach<T extends { readonly createdAt: string }>(
  what: string,
  items: readonly T[],
  check: (item: T) => Promise<void>,
  isOfAll: (error: unknown) => boolean = () => false,
): Promise<void> {
  const failures: unknown[] = [];
  // One queue for all workers: it ends for all of them when one leaves its loop by an error.
  const queue = (function* () {
    yield* items.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
  })();
  const work = async () => {
    for (const item of queue) {
      await check(item).catch((error) => {
        if (isOfAll(error)) {
          throw error;
        }
        failures.push(error);
      });
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: checkedAtOnce }, work));
  const stopped = workers.find((worker) => worker.status === 'rejected');
  if (stopped) {
    throw stopped.reason;
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} ${what} could not be checked; the next run tries again`);
  }
}
