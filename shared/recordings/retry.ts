/** Retries a failed attempt to archive with growing pauses, until ACS has deleted the files. */
import { archiveDelayed, recordingFailed } from '../calls/recording/recording-facts.ts';
import { changeCall } from '../ledger/change-call.ts';
import type { EventWriter, Ledger } from '../ledger/ledger.ts';
import { archiveFailureOf, failedEntry } from './archive-failure.ts';
import type { FilesMessage } from './file-event.ts';
import type { Archive } from './open-archive.ts';

const longestSeconds = 3600;

/** Attempts to find an unknown recording: it may belong to another app of the resource. */
const unknownAttempts = 7;

/** The pause after an attempt: doubled each time, an hour at most. */
export function pauseSeconds(retrySeconds: number, attempt: number): number {
  return Math.min(retrySeconds * 2 ** Math.min(attempt, 20), longestSeconds);
}

/** Stores the reason and retries later; after the timeout the recording has failed and the message goes to the poison queue. */
export async function tryLater(
  ledger: EventWriter,
  { queue, poison, retrySeconds, archiveTimeoutSeconds }: Archive,
  callId: string,
  message: FilesMessage,
  error: unknown,
): Promise<void> {
  const { recordingId, ready, attempt } = message;
  const trouble = archiveFailureOf(error);
  const pause = pauseSeconds(retrySeconds, attempt);
  const dueAtMs = Date.parse(ledger.now()) + pause * 1000;
  const isOver = dueAtMs > Date.parse(ready.at) + archiveTimeoutSeconds * 1000;
  ledger.log.archiveAttemptFailed({ callId, recordingId, attempt, code: trouble.code, isOver });
  if (isOver) {
    await poison.send(message);
    const failure = { ...trouble, at: ledger.now() };
    await changeCall(ledger, callId, (call) => recordingFailed(call, recordingId, failure), {
      timeline: [failedEntry(recordingId, failure)],
    });
    await ledger.recordingIndex.close(recordingId);
    return;
  }
  const dueAt = new Date(dueAtMs).toISOString();
  await changeCall(ledger, callId, (call) => archiveDelayed(call, recordingId, dueAt, trouble));
  await queue.send({ ...message, attempt: attempt + 1 }, pause);
}

/** The file event may arrive before the recording is stored; some events are of recordings that other apps started. */
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
