/** Every built-in, end to end: in each scene, canceled at each step, and with the call ended at each step. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtIns } from '../../../shared/sequences/built-in/index.ts';
import { eventually } from '../../support/api.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { withoutTimers } from '../../support/wire.ts';
import { atAcs, hangUpParties, reaches, startedSteps, startScene } from './play.ts';
import { type Scene, scenes } from './scenes.ts';
import { aCall, ended, frequentRechecks, outcomes } from './sequences.ts';

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ...frequentRechecks });
});
afterAll(() => board.close());

/** The first scene of each goes well. */
const atTheirBest = builtIns.map(({ name }) => scenes.find((scene) => scene.name === name) as Scene);

test('every built-in is played', () => {
  expect(atTheirBest).not.toContain(undefined);
});

test.concurrent.each(scenes)('$name when $when', async (scene) => {
  const { sequenceId } = await startScene(board, scene);
  expect(await ended(board, sequenceId)).toMatchObject(scene.ends);
});

test.each(atTheirBest)('$name is canceled at each step, and undoes its steps', async (scene) => {
  await atEachStep(scene, async (sequenceId) => {
    const { status } = await board.api('POST', `sequences/${sequenceId}/cancel`, {});
    expect([202, 409]).toContain(status);
  });
});

test.each(atTheirBest)('$name ends when the parties hang up, at each step', async (scene) => {
  await atEachStep(scene, async (_, callId) => {
    await (callId !== undefined && hangUpParties(board, callId));
  });
});

test('the rest of a recording schedule is skipped once the call has ended, also entries that are due at once', async () => {
  const callId = await aCall(board);
  const schedule = ['PT1M', 'PT0S', 'PT0S'].map((after, at) => ({ after, do: ['pause', 'resume', 'stop'][at] }));
  const { body } = await board.api('POST', 'sequences', { name: 'recordLifecycle', input: { callId, schedule } });
  await reaches(board, body.sequenceId, 'moment-1');
  await hangUpParties(board, callId);
  const sequence = await ended(board, body.sequenceId);
  expect(sequence).toMatchObject({ status: 'succeeded', result: { recordingId: expect.any(String) } });
  expect(outcomes(sequence)).toContain('resumeRecording skipped');
});

/** How many are played at once. */
const atOnce = 4;

/** Plays a scene once for each of its steps, and interrupts it at that step. */
async function atEachStep(
  scene: Scene,
  interrupt: (sequenceId: string, callId: string | undefined) => Promise<void>,
): Promise<void> {
  const whole = await startScene(board, scene);
  const steps = startedSteps(await ended(board, whole.sequenceId));
  const playTo = async (step: string) => {
    const { sequenceId, callId } = await startScene(board, scene);
    const reached = await reaches(board, sequenceId, step);
    await interrupt(sequenceId, callId ?? reached.callId);
    const sequence = await ended(board, sequenceId);
    expect(sequence.steps.filter(({ status }: { status: string }) => status === 'running')).toEqual([]);
    await leavesNothing(sequence, scene);
  };
  const left = [...steps];
  while (left.length > 0) {
    await Promise.all(left.splice(0, atOnce).map(playTo));
  }
}

/** No one rings or is on hold, nothing is recorded; a call that the sequence made has ended. */
async function leavesNothing(sequence: { callId?: string; status: string }, scene: Scene): Promise<void> {
  if (sequence.callId === undefined) {
    return;
  }
  const { callId } = sequence;
  const call = await eventually(
    () => atAcs(board, callId),
    (one) => one?.state === 'disconnected' || one?.ringing.length === 0,
  );
  expect(call?.recordings.filter(({ hasEnded }) => !hasEnded)).toEqual([]);
  expect(call?.participants.filter(({ isOnHold }) => isOnHold)).toEqual([]);
  if (scene.callsItself) {
    expect(call?.state).toBe('disconnected');
  }
}
