/** Runs of erasures: what they wait for, what other processes do meanwhile, and what is found without the index. */
import { randomUUID } from 'node:crypto';
import { QueueServiceClient } from '@azure/storage-queue';
import { expect, inject, test } from 'vitest';
import type { ErasureParts } from '../../../shared/erasure/parts.ts';
import { eraseParticipant, readErasure, refuseKnownKey } from '../../../shared/erasure/request.ts';
import { runErasure, runErasures } from '../../../shared/erasure/run.ts';
import { aCall } from '../calls/stories.ts';
import { anIntent } from '../ledger/a-ledger.ts';
import { anEndedCall, anErasure, finished, person, someParts, time } from './some-parts.ts';

test('a run stops when another process has written the erasure, and leaves one that is not known', async () => {
  const { parts } = someParts();
  const erasureId = await anErasure(parts, { participant: person });
  const overtaken: ErasureParts = {
    ...parts,
    rules: {
      ...parts.rules,
      async all() {
        const stored = await parts.store.read(erasureId);
        await (stored && parts.store.write({ ...stored, record: { ...stored.record, step: 8 } }));
        return [];
      },
    },
  };
  await runErasure(overtaken, erasureId);
  expect((await parts.store.read(erasureId))?.record).toMatchObject({ step: 8 });
  await runErasure(parts, randomUUID());
});

test('a message that a trigger is about to take, and a sequence that is not over, are waited for', async () => {
  const setup = someParts();
  const queue = QueueServiceClient.fromConnectionString(inject('storage')).getQueueClient(`${setup.prefix}call-events`);
  await queue.create();
  await queue.sendMessage(Buffer.from(JSON.stringify({ rawId: `4:${person}` })).toString('base64'));
  const plan = { sequenceId: randomUUID(), createdAt: time, input: { to: person }, definition: { steps: [] } };
  const state = { phase: 'steps', steps: {}, choices: {}, lastConsumed: 0 } as const;
  const { store } = setup.parts.sequences;
  await store.list(plan);
  await store.create({ plan, fingerprint: '' }, state);
  const erasureId = await anErasure(setup.parts, { participant: person });
  const waitingFor = async () => {
    await runErasures(setup.parts);
    setup.clock.ms += 61_000;
    return (await setup.parts.store.read(erasureId))?.record.waitingFor;
  };
  expect(await waitingFor()).toEqual({ sequences: 1 });
  const { etag } = (await store.readState(plan.sequenceId)) ?? { etag: '' };
  await store.writeState(plan.sequenceId, { state: { ...state, phase: 'ended', endedAt: time }, etag });
  expect(await waitingFor()).toEqual({ queueMessages: 1 });
  await queue.clearMessages();
  expect(await finished(setup, erasureId)).toMatchObject({ removed: { sequences: 1 } });
});

test('rows that are left of a call that is gone are removed, and a call of which only an intent names the person', async () => {
  const setup = someParts();
  const { ledger } = setup.parts;
  const [gone, named] = [randomUUID(), randomUUID()];
  await ledger.calls.addPending(gone, { operationId: person, since: time });
  const call = aCall({ callId: named, status: 'disconnected', createdAt: time, endedAt: time });
  await ledger.calls.claim(anIntent({ operationId: named }), call);
  const play = anIntent({ callId: named, name: 'play', input: { text: `Call ${person}` } });
  await ledger.calls.claim(play);
  const erasureId = await anErasure(setup.parts, { participant: person });
  expect(await finished(setup, erasureId)).toMatchObject({ removed: { calls: 1, operations: 1 } });
  expect(await ledger.calls.readIntent(play.operationId)).toBeUndefined();
  expect((await ledger.calls.readPending(gone, 10, undefined)).items).toEqual([]);
});

test('a person of more calls than a page has is erased whole', async () => {
  const setup = someParts();
  for (let calls = 0; calls < 22; calls += 1) {
    await anEndedCall(setup.parts);
  }
  const erasureId = await anErasure(setup.parts, { participant: person });
  expect(await finished(setup, erasureId)).toMatchObject({ removed: { calls: 22 } });
});

test('a call that retention removes meanwhile is done, and one whose removal was interrupted leaves no row of the index', async () => {
  const setup = someParts();
  const { ledger, store, removal } = setup.parts;
  const erasureId = await anErasure(setup.parts, { participant: person });
  const call = (await ledger.calls.readCall(await anEndedCall(setup.parts)))?.record ?? aCall();
  await store.addCalls(erasureId, [randomUUID(), call.callId]);
  const entry = await ledger.index.entryOf(call);
  await store.putCall(erasureId, { callId: call.callId, entry, counts: { calls: 1 } });
  await removal.remove(call.callId);
  expect(await finished(setup, erasureId)).toMatchObject({ removed: { calls: 1 } });
  const term = { list: 'calls', facet: 'from', value: person } as const;
  expect((await ledger.index.search(term, 'newest', {}, 10, undefined)).items).toEqual([]);
  expect((await ledger.index.listOpen(10, undefined)).items).toEqual([]);
});

test('events that Event Grid could not deliver and the app may not reach are reported', async () => {
  const setup = someParts();
  const deadLetters = { ...setup.parts.deadLetters, remove: async () => 'forbidden' as const };
  const erasureId = await anErasure(setup.parts, { participant: person });
  await runErasures({ ...setup.parts, deadLetters });
  expect(await readErasure(setup.parts, erasureId)).toMatchObject({
    status: 'incomplete',
    kept: [{ kind: 'deadLetters', reason: 'forbidden', count: 1 }],
  });
});

test('of two requests at once under one key, one makes the erasure', async () => {
  const { parts } = someParts();
  const key = randomUUID();
  const first = await eraseParticipant(parts, person, { kind: 'api' }, key);
  let reads = 0;
  const store = {
    ...parts.store,
    async read(erasureId: string) {
      reads += 1;
      return reads === 1 ? undefined : parts.store.read(erasureId);
    },
  };
  const second = await eraseParticipant({ ...parts, store }, person, { kind: 'api' }, key);
  expect([second.replayed, second.erasure.createdAt]).toEqual([true, first.erasure.createdAt]);
  await expect(refuseKnownKey(parts, key)).rejects.toThrow('Idempotency-Key');
  await refuseKnownKey(parts, randomUUID());
});

test('a receipt counts the calls whose rows a process removed that ended before it could store so', async () => {
  const setup = someParts();
  const { store, removal, ledger } = setup.parts;
  const callId = await anEndedCall(setup.parts);
  const erasureId = await anErasure(setup.parts, { participant: person });
  const killed: ErasureParts = {
    ...setup.parts,
    removal: {
      async remove(id) {
        await removal.remove(id);
        throw new Error('the process ended');
      },
    },
  };
  await expect(runErasure(killed, erasureId)).rejects.toThrow('the process ended');
  expect([await ledger.calls.readCall(callId), (await store.allCalls(erasureId))[0]?.isRemoved]).toEqual([
    undefined,
    undefined,
  ]);
  setup.clock.ms += 61_000;
  expect(await finished(setup, erasureId)).toMatchObject({ removed: { calls: 1 }, kept: [] });
  const terms = { list: 'calls', facet: 'from', value: person } as const;
  expect((await ledger.index.search(terms, 'newest', {}, 10, undefined)).items).toEqual([]);
});
