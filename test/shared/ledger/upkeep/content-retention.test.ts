/** Content goes when its call has been over for long enough, also after a crash, and what is not due stays. */
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import { changeCall } from '../../../../shared/ledger/change-call.ts';
import { removeExpiredContent } from '../../../../shared/ledger/upkeep/content-retention.ts';
import { removeExpiredCalls } from '../../../../shared/ledger/upkeep/retention.ts';
import { createLog } from '../../../../shared/log.ts';
import { eraseRecordings, removeExpiredRecordings } from '../../../../shared/recordings/retention.ts';
import { openCallContent } from '../../../../shared/storage/call-content.ts';
import { openCallRemoval } from '../../../../shared/storage/call-removal.ts';
import { aCall } from '../../calls/stories.ts';
import { aLedger, anIntent, aPrefix } from '../a-ledger.ts';

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString();

function aKeptLedger() {
  const storage = { connectionString: inject('storage') };
  const prefix = aPrefix();
  const logged: unknown[] = [];
  const ledger = aLedger({ log: createLog((...line) => logged.push(line)) }, prefix);
  const content = openCallContent(storage, prefix);
  const removal = openCallRemoval(storage, prefix);
  /** A call with a prompt that has been over for some days; its id. */
  async function overFor(days: number, more: Partial<CallRecord> = {}) {
    const callId = randomUUID();
    const record = aCall({
      callId,
      status: 'disconnected',
      createdAt: daysAgo(days),
      endedAt: daysAgo(days),
      ...more,
    });
    await ledger.calls.claim(anIntent({ operationId: callId, input: { sendDigits: callId } }), record);
    await ledger.index.add(record);
    await ledger.index.close(record, []);
    return callId;
  }
  const hasContent = async (callId: string) =>
    JSON.stringify((await ledger.calls.readIntent(callId))?.input).includes(callId);
  const listed = async (kind: 'content' | 'recordings') => (await ledger.index.listKept(kind, 100)).length;
  return { ledger, logged, content, removal, overFor, hasContent, listed };
}

test('the calls that have been over for longest go first, as many as one run takes; without a setting none', async () => {
  const { ledger, content, overFor, hasContent, listed } = aKeptLedger();
  const calls = [await overFor(5), await overFor(6), await overFor(4), await overFor(2)];
  const kept = () => Promise.all(calls.map(hasContent));
  await removeExpiredContent(ledger, { content });
  expect([await kept(), await listed('content')]).toEqual([[true, true, true, true], 4]);
  await removeExpiredContent(ledger, { content, contentDays: 3 }, 2);
  expect(await kept()).toEqual([false, false, true, true]);
  await removeExpiredContent(ledger, { content, contentDays: 3 }, 2);
  expect([await kept(), await listed('content')]).toEqual([[false, false, false, true], 1]);
});

test('a call that an event revived keeps its content, and is listed anew by its end', async () => {
  const { ledger, content, overFor, hasContent, listed } = aKeptLedger();
  const [open, later, gone] = [await overFor(5), await overFor(5), await overFor(5)];
  await changeCall(ledger, open, (call) => ({ ...call, status: 'connected' }));
  await changeCall(ledger, later, (call) => ({ ...call, endedAt: daysAgo(1) }));
  await openCallRemoval({ connectionString: inject('storage') }, aPrefix()).remove(gone);
  await removeExpiredContent(ledger, { content, contentDays: 3 });
  expect([await hasContent(open), await hasContent(later), await hasContent(gone)]).toEqual([true, true, false]);
  expect(await ledger.index.listKept('content', 10)).toMatchObject([{ callId: later }]);
  expect(await listed('content')).toBe(1);
});

test('a call that ACS never named loses its content as well', async () => {
  const { ledger, content, overFor, hasContent } = aKeptLedger();
  const callId = await overFor(5, { status: 'unknown', endedAt: '' });
  await removeExpiredContent(ledger, { content, contentDays: 3 });
  expect(await hasContent(callId)).toBe(false);
});

test('content that cannot be removed stays listed, and does not keep that of others', async () => {
  const { ledger, content, overFor, hasContent, listed } = aKeptLedger();
  const [stuck, other] = [await overFor(6), await overFor(5)];
  const failing = {
    ...content,
    remove: (callId: string) => (callId === stuck ? Promise.reject(new Error('no')) : content.remove(callId)),
  };
  await expect(removeExpiredContent(ledger, { content: failing, contentDays: 3 })).rejects.toThrow('1 of the contents');
  expect([await hasContent(stuck), await hasContent(other), await listed('content')]).toEqual([true, false, 1]);
  await removeExpiredContent(ledger, { content, contentDays: 3 });
  expect([await hasContent(stuck), await listed('content')]).toEqual([false, 0]);
});

test('a call that is removed leaves nothing that lists what was kept of it', async () => {
  const { ledger, removal, overFor, listed } = aKeptLedger();
  await overFor(31, { recordings: { one: { acsRecordingId: 'r', createdAt: daysAgo(31), moves: [] } } });
  expect([await listed('content'), await listed('recordings')]).toEqual([1, 1]);
  await removeExpiredCalls(ledger, { removal, days: 30 });
  expect([await listed('content'), await listed('recordings')]).toEqual([0, 0]);
});

const recordings = () => ({
  one: {
    acsRecordingId: 'r',
    createdAt: daysAgo(5),
    moves: [],
    archiving: { folder: 'a/', chunks: [], since: daysAgo(5), dueAt: daysAgo(5) },
  },
});

/** An archive that erases nothing while something holds its files. */
function anArchive(reason?: 'legalHold') {
  const erased: string[] = [];
  const archive = {
    erase: async (folder: string) => {
      erased.push(folder);
      return reason ? { [reason]: 2 } : {};
    },
  };
  return { erased, files: { archive, sources: { contentHosts: [] } } as never };
}

test('a recording under a legal hold is reported, stays known, and is tried again a day later', async () => {
  const { ledger, logged, overFor, listed } = aKeptLedger();
  const callId = await overFor(5, { recordings: recordings() });
  const held = anArchive('legalHold');
  await removeExpiredRecordings(ledger, held.files, { recordingDays: 3 });
  await removeExpiredRecordings(ledger, held.files, { recordingDays: 3 });
  expect(held.erased).toEqual(['a/']);
  expect((await ledger.calls.readCall(callId))?.record.recordings.one?.deletedAt).toBeUndefined();
  expect(JSON.stringify(logged)).toContain('legalHold');

  const [postponed] = await ledger.index.listKept('recordings', 10);
  expect(Date.parse(String(postponed?.overSince))).toBeGreaterThan(Date.parse(daysAgo(2.1)));
  const free = anArchive();
  const tomorrow = { ...ledger, now: () => daysAgo(-1.1) };
  await removeExpiredRecordings(tomorrow, free.files, { recordingDays: 3 });
  expect([free.erased, await listed('recordings')]).toEqual([['a/'], 0]);
  expect((await ledger.calls.readCall(callId))?.record.recordings.one?.deletedAt).toBeDefined();
});

test('a call whose recordings cannot be reached is not removed before them', async () => {
  const { ledger, removal, overFor } = aKeptLedger();
  const callId = await overFor(31, { recordings: recordings() });
  const files = { archive: { erase: () => Promise.reject(new Error('away')) }, sources: { contentHosts: [] } } as never;
  const broken = { removal, days: 30, eraseRecordings: (call: CallRecord) => eraseRecordings(ledger, files, call) };
  await expect(removeExpiredCalls(ledger, broken)).rejects.toThrow('1 of the calls');
  expect(await ledger.calls.readCall(callId)).toBeDefined();
  const { erased, files: reachable } = anArchive();
  const eraser = (call: CallRecord) => eraseRecordings(ledger, reachable, call);
  await removeExpiredCalls(ledger, { removal, days: 30, eraseRecordings: eraser });
  expect([erased, await ledger.calls.readCall(callId)]).toEqual([['a/'], undefined]);
});
