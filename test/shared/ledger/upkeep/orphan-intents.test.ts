/** Intents that a crash left alone are removed like calls, and no other. */
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { removeOrphanIntents } from '../../../../shared/ledger/upkeep/orphan-intents.ts';
import { openCallContent } from '../../../../shared/storage/call-content.ts';
import { openCallRemoval } from '../../../../shared/storage/call-removal.ts';
import { openScanProgress } from '../../../../shared/storage/scan-progress.ts';
import { openTableScan } from '../../../../shared/storage/table-scan.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent, aPrefix } from '../a-ledger.ts';

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString();

function aKeptLedger() {
  const storage = { connectionString: inject('storage') };
  const prefix = aPrefix();
  const clock = { ms: Date.now() };
  const ledger = aLedger({ now: () => new Date(clock.ms).toISOString() }, prefix);
  const retention = {
    removal: openCallRemoval(storage, prefix),
    days: 30,
    intents: openTableScan(storage, `${prefix}calls`, "RowKey eq 'intent'"),
    intentScan: openScanProgress(storage, `${prefix}callIndex`, 'intents'),
    content: openCallContent(storage, prefix),
  };
  /** An intent of some days ago; its id. */
  const anOld = async (days: number, callId: string = randomUUID()) => {
    const intent = anIntent({ operationId: randomUUID(), callId, name: 'play', createdAt: daysAgo(days) });
    await ledger.calls.claim(intent);
    return intent.operationId;
  };
  const isKept = async (operationId: string) => (await ledger.calls.readIntent(operationId)) !== undefined;
  return { ledger, clock, retention, anOld, isKept };
}

test('an intent that a crash left before anything else was stored is removed when it is older than calls are kept', async () => {
  const { ledger, clock, retention, anOld, isKept } = aKeptLedger();
  const callId = randomUUID();
  await ledger.calls.claim(anIntent({ operationId: callId, createdAt: daysAgo(40) }), aCall({ callId }));
  const kept = [callId, await anOld(40, callId), await anOld(29)];
  const orphan = await anOld(31);
  await removeOrphanIntents(ledger, { ...retention, days: 0 });
  expect(await isKept(orphan)).toBe(true);

  await removeOrphanIntents(ledger, retention);
  expect(await isKept(orphan)).toBe(false);
  expect(await Promise.all(kept.map(isKept))).toEqual([true, true, true]);

  const another = await anOld(31);
  await removeOrphanIntents(ledger, retention);
  expect(await isKept(another)).toBe(true);
  clock.ms += dayMs;
  await removeOrphanIntents(ledger, retention);
  expect(await isKept(another)).toBe(false);
});

test('a prompt of an intent that a crash left goes as soon as it is older than digits and speech are kept', async () => {
  const { ledger, clock, retention } = aKeptLedger();
  const prompts = async (operationId: string) => JSON.stringify((await ledger.calls.readIntent(operationId))?.input);
  const aPrompt = async (days: number, callId: string) => {
    const input = { sources: [{ text: 'Marzipan' }], loop: false };
    const intent = anIntent({ operationId: randomUUID(), callId, name: 'play', input, createdAt: daysAgo(days) });
    await ledger.calls.claim(intent);
    return intent.operationId;
  };
  const [over, open] = [randomUUID(), randomUUID()];
  const ended = aCall({ callId: over, status: 'disconnected', endedAt: daysAgo(3) });
  await ledger.calls.claim(anIntent({ operationId: over }), ended);
  await ledger.calls.claim(anIntent({ operationId: open }), aCall({ callId: open, status: 'connected' }));
  const gone = [await aPrompt(4, over), await aPrompt(4, randomUUID())];
  const kept = [await aPrompt(4, open), await aPrompt(1, over)];
  await removeOrphanIntents(ledger, { ...retention, days: 0 });
  await removeOrphanIntents(ledger, { ...retention, days: 0, contentDays: 5 });
  expect((await Promise.all([...gone, ...kept].map(prompts))).every((input) => input?.includes('Marzipan'))).toBe(true);

  clock.ms += dayMs;
  await removeOrphanIntents(ledger, { ...retention, days: 0, contentDays: 3 });
  expect(await Promise.all(gone.map(prompts))).toEqual(
    gone.map(() => JSON.stringify({ sources: [{ text: { masked: true } }], loop: false })),
  );
  expect((await Promise.all(kept.map(prompts))).every((input) => input?.includes('Marzipan'))).toBe(true);
});

test('a search that is not done within one run goes on where it ended', async () => {
  const { ledger, retention } = aKeptLedger();
  const asked: (string | undefined)[] = [];
  const intents = async (position?: string) => {
    asked.push(position);
    const next = Number(position ?? 0) + 1;
    return { rows: [], next: next < 3 ? String(next) : undefined };
  };
  await removeOrphanIntents(ledger, { ...retention, intents }, 2);
  expect(await retention.intentScan.read()).toEqual({ position: '2' });
  await removeOrphanIntents(ledger, { ...retention, intents }, 2);
  expect(asked).toEqual([undefined, '1', '2']);
  expect(await retention.intentScan.read()).toEqual({ doneAt: ledger.now() });
});
