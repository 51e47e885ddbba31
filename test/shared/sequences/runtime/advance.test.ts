/** Advances of a sequence in situations that no request can create. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newCallRecord } from '../../../../shared/calls/call.ts';
import { AppError } from '../../../../shared/errors.ts';
import { newState, type Plan } from '../../../../shared/sequences/interpreter/state.ts';
import { advanceSequence } from '../../../../shared/sequences/runtime/advance.ts';
import { aLedger, anIntent } from '../../ledger/a-ledger.ts';
import { aPlan, someSequences, written } from '../some-sequences.ts';

const doing = (name: string) => ({
  ...aPlan(new Date().toISOString()),
  definition: { steps: [{ id: 'step', do: name }] },
});

test('an unknown sequence has nothing to advance', async () => {
  expect(await advanceSequence(aLedger(), someSequences().sequences, randomUUID())).toEqual({
    status: 'unknown',
    open: [],
  });
});

test('one that has ended is published again, and nothing else happens', async () => {
  const { sequences } = someSequences();
  const plan = doing('play');
  const ending = { status: 'failed' as const, undo: false };
  await written(sequences, plan, { ...newState(undefined), phase: 'ended', ending });
  expect(await advanceSequence(aLedger(), sequences, plan.sequenceId)).toEqual({ status: 'failed', open: [] });
});

test('one whose end has no time, as an earlier version stored it, is reported in its call all the same', async () => {
  const { sequences } = someSequences();
  const ledger = aLedger();
  const plan = doing('play');
  const callId = randomUUID();
  const call = newCallRecord({ salt: 'salt', callId, direction: 'outbound', createdAt: plan.createdAt });
  await ledger.calls.claim(anIntent({ operationId: callId, callId, name: 'createCall' }), call);
  const ending = { status: 'failed' as const, undo: false };
  await written(sequences, plan, { ...newState(callId), phase: 'ended', ending });
  expect(await advanceSequence(ledger, sequences, plan.sequenceId)).toEqual({ status: 'failed', open: [] });
  const { items } = await ledger.calls.readTimeline(callId, 10, undefined);
  expect(items).toContainEqual(expect.objectContaining({ kind: 'sequenceEnded', at: expect.any(String) }));
});

test('an operation that a crash left between intent and response is commanded again', async () => {
  const { sequences } = someSequences();
  const plan = doing('createCall');
  const operationId = randomUUID();
  const step = {
    key: 'step',
    do: 'createCall',
    status: 'running' as const,
    startedAt: plan.createdAt,
    scope: 'steps',
    eventsAtStart: 0,
  };
  const asked = { operation: 'createCall', input: { targets: ['8:acs:a'] } };
  await written(sequences, plan, { ...newState(undefined), steps: { step: { ...step, operationId, request: asked } } });
  const ledger = aLedger();
  const createdAt = '2026-01-01T00:00:00.000Z';
  const intent = anIntent({ operationId, callId: operationId, name: 'createCall', createdAt });
  await ledger.calls.claim(
    intent,
    newCallRecord({ salt: 'salt', callId: operationId, direction: 'outbound', createdAt }),
  );
  expect(await advanceSequence(ledger, sequences, plan.sequenceId)).toMatchObject({ status: 'failed' });
  const { state } = (await sequences.store.readState(plan.sequenceId)) ?? {};
  expect(state?.steps.step).toMatchObject({ status: 'failed', error: { code: 'idempotencyKeyReused' } });
});

test('a step that collects fails like the step that was to listen, which never started an operation', async () => {
  const { sequences } = someSequences();
  const ledger = aLedger();
  const callId = randomUUID();
  const call = newCallRecord({ salt: 'salt', callId, direction: 'outbound', createdAt: new Date().toISOString() });
  await ledger.calls.claim(anIntent({ operationId: callId, callId, name: 'createCall' }), call);
  const listen = {
    id: 'listen',
    do: 'startContinuousDtmfRecognition',
    with: { participant: '$steps.none.result.who' },
  };
  const steps = [
    { ...listen, onFailure: 'continue' as const },
    { id: 'wait', wait: 'PT1M' },
    { id: 'pin', collect: { listening: 'listen', maxTones: 1 } },
  ];
  const plan = { ...doing('play'), definition: { steps } };
  await written(sequences, plan, newState(callId));
  expect(await advanceSequence(ledger, sequences, plan.sequenceId)).toMatchObject({ open: ['wait'] });
  const later = new Date(Date.now() + 60_000).toISOString();
  await advanceSequence({ ...ledger, now: () => later }, sequences, plan.sequenceId);
  const { state } = (await sequences.store.readState(plan.sequenceId)) ?? {};
  expect(state?.steps.listen?.operationId).toBeUndefined();
  expect(state?.steps.pin).toMatchObject({ status: 'failed', error: { code: 'referenceMissing' } });
  expect(state?.ending).toMatchObject({ status: 'failed', error: { code: 'referenceMissing' } });
});

test('an outcome that does not exist need not be covered', async () => {
  expect(await aLedger().calls.cover(randomUUID(), randomUUID())).toBeUndefined();
});

test('a sequence that is deleted while it runs fails the attempt', async () => {
  const { sequences } = someSequences();
  const plan = doing('play');
  await written(sequences, plan);
  const { readState } = sequences.store;
  let reads = 0;
  const store: typeof sequences.store = {
    ...sequences.store,
    async readState(id) {
      reads += 1;
      return reads === 1 ? readState(id) : undefined;
    },
    writeState: async () => 'changed' as const,
  };
  await expect(advanceSequence(aLedger(), { ...sequences, store }, plan.sequenceId)).rejects.toThrow(
    'deleted while it ran',
  );
});

test('an operation that this version does not have fails its step', async () => {
  const { sequences } = someSequences();
  const plan = doing('fly');
  await written(sequences, plan);
  expect(await advanceSequence(aLedger(), sequences, plan.sequenceId)).toMatchObject({ status: 'failed' });
  expect((await sequences.store.readState(plan.sequenceId))?.state.ending?.error?.code).toBe('operationUnknown');
});

test.each([new AppError('storageUnavailable', 'unavailable'), new Error('a bug')])(
  '%s fails the attempt, not the step',
  async (error) => {
    const { sequences } = someSequences();
    const plan = {
      ...doing('createCall'),
      definition: { steps: [{ id: 'step', do: 'createCall', with: { targets: ['8:acs:a'] } }] },
    };
    await written(sequences, plan);
    const ledger = aLedger();
    const calls = { ...ledger.calls, claim: () => Promise.reject(error) };
    await expect(advanceSequence({ ...ledger, calls }, sequences, plan.sequenceId)).rejects.toThrow(error.message);
    expect((await sequences.store.readState(plan.sequenceId))?.state.steps.step?.status).toBe('running');
  },
);

test('the sequence of an orchestrator is left to its orchestration', async () => {
  const { sequences } = someSequences();
  const plan: Plan = {
    ...aPlan(),
    sequenceId: randomUUID(),
    definition: { steps: [] },
    orchestrator: { name: 'callBack', events: [], shown: {} },
  };
  await written(sequences, plan);
  const before = await sequences.store.readState(plan.sequenceId);
  expect(await advanceSequence(aLedger(), sequences, plan.sequenceId)).toMatchObject({ status: 'running', open: [] });
  expect(await sequences.store.readState(plan.sequenceId)).toEqual(before);
});
