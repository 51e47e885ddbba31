/** Sequences that a start finds and that are due (over their 24 h), advanced without an orchestration: over real storage. */
import { expect, test } from 'vitest';
import { createLog } from '../../../../shared/log.ts';
import { openRecoveryWindow, recover, recoverOpen } from '../../../../shared/sequences/runtime/recovery.ts';
import type { Sequences } from '../../../../shared/sequences/runtime/sequences.ts';
import { aLedger } from '../../ledger/a-ledger.ts';
import { aPlan, someSequences, written } from '../some-sequences.ts';

const phaseOf = async ({ store }: Pick<Sequences, 'store'>, sequenceId: string) =>
  (await store.readState(sequenceId))?.state.phase;

test('an older sequence that was woken advances, and only while the window is open', async () => {
  const { sequences } = someSequences();
  const plan = aPlan();
  await written(sequences, plan);

  await recover(aLedger(), sequences, openRecoveryWindow(0), [plan.sequenceId]);
  expect(await phaseOf(sequences, plan.sequenceId)).not.toBe('ended');
  await recover(aLedger(), sequences, openRecoveryWindow(60), [plan.sequenceId]);
  expect(await phaseOf(sequences, plan.sequenceId)).toBe('ended');
});

test('left to their orchestrations: a sequence created after the start, and one whose position only Durable knows', async () => {
  const { sequences } = someSequences();
  const window = openRecoveryWindow(60);
  const younger = aPlan(new Date(Date.now() + 1000).toISOString());
  const program = { ...aPlan(), orchestrator: { name: 'callBack', events: [], shown: {} } };
  await written(sequences, younger);
  await written(sequences, program);

  await recover(aLedger(), sequences, window, [younger.sequenceId, program.sequenceId, 'unknown']);
  expect(await phaseOf(sequences, younger.sequenceId)).not.toBe('ended');
  expect(await phaseOf(sequences, program.sequenceId)).not.toBe('ended');
});

test('one that cannot be advanced is a warning, and does not prevent the others', async () => {
  const warnings: string[] = [];
  const ledger = { ...aLedger(), log: createLog((_level, message) => void warnings.push(message)) };
  const { sequences } = someSequences();
  const [first, second] = [aPlan(), aPlan()];
  await written(sequences, first);
  await written(sequences, second);
  const readPlan: typeof sequences.store.readPlan = (id) =>
    id === first.sequenceId ? Promise.reject(new Error('unavailable')) : sequences.store.readPlan(id);

  const failing = { ...sequences, store: { ...sequences.store, readPlan } };
  await recover(ledger, failing, openRecoveryWindow(60), [first.sequenceId, second.sequenceId]);
  expect(warnings).toContain('Sequence could not be advanced after a restart; its orchestration will advance it');
  expect(await phaseOf(sequences, second.sequenceId)).toBe('ended');
});

test('every open sequence is advanced once after a start', async () => {
  const { sequences } = someSequences();
  const [first, second, third] = [aPlan(), aPlan(), aPlan()];
  const window = openRecoveryWindow(60);
  await written(sequences, first);
  await written(sequences, second);

  await recoverOpen(aLedger(), sequences, window);
  expect(await phaseOf(sequences, first.sequenceId)).toBe('ended');
  expect(await phaseOf(sequences, second.sequenceId)).toBe('ended');
  await written(sequences, third);
  await recoverOpen(aLedger(), sequences, window);
  await recoverOpen(aLedger(), sequences, openRecoveryWindow(0));
  expect(await phaseOf(sequences, third.sequenceId)).not.toBe('ended');
});
