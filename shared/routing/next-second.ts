/** Has a call ring on that a counted limit keeps a rule from redirecting, and looks at it again in the next second. */
import { AppError } from '../errors.ts';
import type { Queue } from '../storage/queues.ts';
import type { IncomingCallEvent } from './incoming-call-event.ts';

/** Each second has calls of its own. */
const pauseSeconds = 1;

/**
 * Puts the event on the queue again where a limit refuses the work, until the ring window of the call is over. A failed
 * delivery would come back too late: Event Grid and the queue pause for as long as a phone rings.
 */
export async function orNextSecond(
  queue: Queue<IncomingCallEvent>,
  event: IncomingCallEvent,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'limitReached') {
      throw error;
    }
    await queue.send(event, pauseSeconds);
  }
}
