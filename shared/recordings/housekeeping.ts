/** Repairs lost messages about recordings: unreported ends, missing file events, attempts to archive that were lost. */
import { readRecordingState } from '../acs/wire/reading.ts';
import type { CallRecord } from '../calls/call.ts';
import { archiveDelayed, recordingFailed, recordingStepped } from '../calls/recording/recording-facts.ts';
import {
  type ArchiveFailure,
  type Archiving,
  hasWork,
  lifeOf,
  type Move,
  type RecordingRecord,
  statusOf,
} from '../calls/recording/recording-record.ts';
import { isDoubtful, isRunning } from '../calls/recording/recording-steps.ts';
import { changeCall } from '../ledger/change-call.ts';
import type { CallWriter, EventWriter, Ledger, Reconciler } from '../ledger/ledger.ts';
import { checkEach } from '../ledger/upkeep/check-each.ts';
import { readAll } from '../storage/page.ts';
import type { IndexedRecording } from '../storage/recording-index.ts';
import { failedEntry } from './archive-failure.ts';
import type { Archive } from './open-archive.ts';
import { chunksAmong } from './own-container.ts';

/** Checks every recording that is not archived. */
export async function runRecordingHousekeeping(ledger: Ledger, parts: Archive): Promise<void> {
  const listed = await readAll(ledger.recordingIndex.listOpen);
  await checkEach('recordings', listed, (indexed) => keepRecording(ledger, parts, indexed));
}

/** The index row is written before the recording: a new row may get its recording yet. */
async function keepRecording(ledger: Ledger, parts: Archive, indexed: IndexedRecording): Promise<void> {
  const { callId, recordingId, createdAt } = indexed;
  const call = (await ledger.calls.readCall(callId))?.record;
  const recording = call?.recordings[recordingId];
  const status = recording && statusOf(recording, call.endedAt);
  const isNew = secondsSince(createdAt, ledger.now()) < parts.lostSeconds;
  if (!recording && isNew) {
    return;
  }
  const isOver = status === 'archived' || status === 'failed' || status === 'deleted';
  if (!recording || (isOver && !hasWork(recording))) {
    await ledger.recordingIndex.close(recordingId);
  } else if (isRunning(recording, call.endedAt)) {
    await settleDoubt(ledger, call, recordingId, recording);
  } else if (recording.archiving) {
    await repeatLost(ledger, parts, callId, recordingId, { ...recording, archiving: recording.archiving });
  } else {
    await findFiles(ledger, parts, call, recordingId, recording);
  }
}

/** The step that a state at ACS implies. */
const stepTo = { active: 'resume', inactive: 'pause', gone: 'stop' } as const;

async function settleDoubt(
  ledger: Reconciler,
  { callId, endedAt }: CallRecord,
  recordingId: string,
  recording: RecordingRecord,
): Promise<void> {
  if (isDoubtful(recording, endedAt)) {
    const timeout = AbortSignal.timeout(ledger.acsTimeoutSeconds * 1000);
    const state = await readRecordingState(ledger.acs, recording.acsRecordingId, timeout);
    if (state) {
      const at = ledger.now();
      await changeCall(ledger, callId, (call) => {
        const read = recordingStepped(call, stepTo[state], recordingId, at);
        return addsFacts(call, read, recordingId) ? read : undefined;
      });
    }
  }
}

/** Whether a read at ACS changes the status or ends the doubt: a recording that outlives its call is read at each run. */
function addsFacts(before: CallRecord, after: CallRecord, recordingId: string): boolean {
  const [known, read] = [before, after].map(({ recordings: { [recordingId]: one }, endedAt }) => ({
    status: one && statusOf(one, endedAt),
    isDoubtful: one && isDoubtful(one, endedAt),
  }));
  return known?.status !== read?.status || known?.isDoubtful !== read?.isDoubtful;
}

/** Queues a lost message again. */
async function repeatLost(
  ledger: CallWriter,
  { queue, lostSeconds }: Archive,
  callId: string,
  recordingId: string,
  { acsRecordingId, archiving }: RecordingRecord & { readonly archiving: Archiving },
): Promise<void> {
  const { since, chunks, dueAt } = archiving;
  const now = ledger.now();
  if (secondsSince(dueAt, now) > lostSeconds) {
    await changeCall(ledger, callId, (call) => archiveDelayed(call, recordingId, now));
    await queue.send({ recordingId, attempt: 0, ready: { acsRecordingId, at: since, kind: {}, chunks } });
  }
}

/** Without the file event, files can be found in the caller's own container only: the API does not list ACS's storage. */
async function findFiles(
  ledger: EventWriter,
  { queue, sources, lostSeconds, containerSeconds, archiveTimeoutSeconds }: Archive,
  { callId, endedAt }: CallRecord,
  recordingId: string,
  recording: RecordingRecord,
): Promise<void> {
  const { acsRecordingId, destinationUrl } = recording;
  const life = lifeOf(recording, endedAt);
  const at = life.reduce((_, move) => move.at, recording.createdAt);
  const silentSeconds = secondsSince(at, ledger.now());
  const listed =
    destinationUrl !== undefined && silentSeconds > Math.min(containerSeconds, lostSeconds)
      ? await sources.containers.list(destinationUrl)
      : [];
  const chunks = typeof listed === 'string' || silentSeconds <= lostSeconds ? [] : chunksAmong(listed);
  if (chunks.length > 0) {
    await queue.send({ recordingId, attempt: 0, ready: { acsRecordingId, at, kind: {}, chunks } });
    return;
  }
  const failure = wasNeverActive(recording, life)
    ? nothingRecorded
    : typeof listed === 'string'
      ? containerFailures[listed]
      : silentSeconds > archiveTimeoutSeconds && fileEventMissing;
  if (failure) {
    await failRecording(ledger, callId, recordingId, failure);
  }
}

async function failRecording(
  ledger: EventWriter,
  callId: string,
  recordingId: string,
  failure: ArchiveFailure,
): Promise<void> {
  const final = { ...failure, at: ledger.now() };
  await changeCall(ledger, callId, (call) => recordingFailed(call, recordingId, final), {
    timeline: [failedEntry(recordingId, final)],
  });
  await ledger.recordingIndex.close(recordingId);
  ledger.log.recordingFailed({ callId, recordingId, code: failure.code });
}

const fileEventMissing = {
  code: 'fileEventMissing',
  message:
    'The RecordingFileStatusUpdated event of the recording did not arrive in time. If it arrives later, the files are archived.',
};

/** Why no file can be found in the caller's container. If ACS reports its files later, they are archived all the same. */
const containerFailures = {
  containerNotFound: {
    code: 'containerNotFound',
    message: 'The container does not exist, so ACS could not write to it.',
  },
  containerForbidden: {
    code: 'containerForbidden',
    message: 'ACS reported no files, and the identity of the app may not read the container.',
  },
} as const;

/** ACS makes no file of a recording that was paused from its start to its end (ACS-D3). */
const nothingRecorded = {
  code: 'nothingRecorded',
  message: 'The recording was paused from start to end, so ACS made no file.',
};

function wasNeverActive({ activeAt }: RecordingRecord, life: readonly Move[]): boolean {
  return activeAt === undefined && life[0]?.to === 'paused' && life.every(({ to }) => to !== 'recording');
}

function secondsSince(at: string, now: string): number {
  return (Date.parse(now) - Date.parse(at)) / 1000;
}
