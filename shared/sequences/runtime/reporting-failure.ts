/** Logs failed attempts of the activities of sequences, in a message that an alert queries. */
import { errorName } from '../../errors.ts';
import type { Log } from '../../log.ts';

/** Runs an activity and rethrows its failure. The orchestration retries it, so only this log shows that a sequence is late. */
export async function reportingFailure<T>(
  log: Log,
  ids: { readonly sequenceId: string; readonly activity: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    log.sequenceAttemptFailed({ ...ids, error: errorName(error) });
    throw error;
  }
}
