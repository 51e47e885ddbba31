/** What becomes of a message that could not be carried out: it comes again, less and less often, until ACS has no files any more. */
import { archiveDelayed, recordingFailed } from '../calls/recording/recording-facts.ts';
import { changeCall } from '../ledger/change-call.ts';
import type { EventWriter, Ledger } from '../ledger/ledger.ts';
import { archiveFailureOf } from './archive-failure.ts';
import type { FilesMessage } from './file-event.ts';
import type { Archive } from './open-archive.ts';

const longestSeconds = 3600;

/** How often the files of a recording that nobody knows are looked at: it may belong to another app of the resource. */
const unknownAttempts = 7;

/** The pause after an attempt: doubled each time, an hour at most. */
export function pauseSeconds(retrySeconds: number, attempt: number): number {
  return Math.min(retrySeconds * 2 ** Math.min(attempt, 20), longestSeconds);
}

/** Keeps the reason and tries again later; when that would be too late, the recording has failed and the message is kept. */
export async function tryLater(
  ledger: EventWriter,
  { queue, poison, retrySeconds, giveUpSeconds }: Archive,
  callId: string,
  message: FilesMessage,
  error: unknown,
): Promise<void> {
  const { recordingId, ready, attempt } = message;
  const trouble = archiveFailureOf(error);
  const pause = pauseSeconds(retrySeconds, attempt);
  const dueAtMs = Date.parse(ledger.now()) + pause * 1000;
  const isOver = dueAtMs > Date.parse(ready.at) + giveUpSeconds * 1000;
  ledger.log.archiveAttemptFailed({ callId, recordingId, attempt, code: trouble.code, isOver });
  if (isOver) {
    await poison.send(message);
    await changeCall(ledger, callId, (call) => recordingFailed(call, recordingId, trouble));
    await ledger.recordingIndex.close(recordingId);
    return;
  }
  const dueAt = new Date(dueAtMs).toISOString();
  await changeCall(ledger, callId, (call) => archiveDelayed(call, recordingId, dueAt, trouble));
  await queue.send({ ...message, attempt: attempt + 1 }, pause);
}

/** Files may be told before anything else of their recording was written; some are of recordings that others started. */
export async function waitForStart(
  ledger: Pick<Ledger, 'log'>,
  { queue, retrySeconds }: Archive,
  message: FilesMessage,
): Promise<void> {
  const { attempt, recordingId } = message;
  if (attempt < unknownAttempts) {
    await queue.send({ ...message, attempt: attempt + 1 }, pauseSeconds(retrySeconds, attempt));
  } else {
    ledger.log.recordingUnknown({ recordingId });
  }
}
