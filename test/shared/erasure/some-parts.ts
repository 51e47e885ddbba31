/** Erasures over real storage, in tables of their own and under a clock that a test moves. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { CallRecord } from '../../../shared/calls/call.ts';
import { readConfig } from '../../../shared/config.ts';
import { newErasure } from '../../../shared/erasure/erasure.ts';
import { type ErasureParts, openErasureParts } from '../../../shared/erasure/parts.ts';
import { runErasures } from '../../../shared/erasure/run.ts';
import { openArchive } from '../../../shared/recordings/open-archive.ts';
import { openPlanCache } from '../../../shared/sequences/runtime/sequences.ts';
import type { RecordingArchive } from '../../../shared/storage/recording-archive.ts';
import { openRoutingRules } from '../../../shared/storage/routing-rules.ts';
import { openSequences } from '../../../shared/storage/sequences.ts';
import { aCall } from '../calls/stories.ts';
import { aLedger, anIntent, aPrefix } from '../ledger/a-ledger.ts';

export const person = '+14258163594';
export const time = '2026-01-01T00:00:00.000Z';

/** The parts of an app with tables of its own, under a clock that the test moves. */
export function someParts(recordings?: RecordingArchive) {
  const prefix = aPrefix();
  const config = readConfig({
    ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5',
    ACS_RESOURCE_ID: randomUUID(),
    PUBLIC_BASE_URL: 'http://127.0.0.1:1',
    AzureWebJobsStorage: inject('storage'),
    TABLE_PREFIX: prefix,
  });
  const clock = { ms: Date.parse(time) };
  const ledger = aLedger({ now: () => new Date(clock.ms).toISOString() }, prefix);
  const opened = openArchive(config, ledger.acs);
  const parts: ErasureParts = {
    ...openErasureParts(config),
    ledger,
    archive: { ...opened, archive: recordings ?? opened.archive },
    rules: openRoutingRules(config.storage, prefix),
    sequences: {
      store: openSequences(config.storage, prefix),
      plans: openPlanCache(),
      recheckSeconds: 30,
      start: async () => {},
      purge: async () => {},
      orchestrationState: async () => 'gone',
    },
  };
  return { parts, clock, prefix };
}

export async function anErasure({ store }: ErasureParts, subject: { participant: string } | { callId: string }) {
  const erasureId = randomUUID();
  await store.create(newErasure({ erasureId, createdAt: time, requestedBy: { kind: 'api' }, subject }));
  return erasureId;
}

/** Runs every erasure until that one is over. */
export async function finished({ parts, clock }: ReturnType<typeof someParts>, erasureId: string) {
  for (let runs = 0; runs < 20; runs += 1) {
    await runErasures(parts);
    const record = (await parts.store.read(erasureId))?.record;
    if (record?.completedAt !== undefined) {
      return record;
    }
    clock.ms += 61_000;
  }
  throw new Error('the erasure does not end');
}

/** A call of the person that is over, with recordings. */
export async function anEndedCall(
  { ledger }: ErasureParts,
  recordings: CallRecord['recordings'] = {},
): Promise<string> {
  const callId = randomUUID();
  const ended = { callId, status: 'disconnected', createdAt: time, endedAt: time, from: person } as const;
  const call = aCall({ ...ended, recordings });
  await ledger.calls.claim(anIntent({ operationId: callId, input: { targets: [person] } }), call);
  await ledger.index.add(call);
  return callId;
}
