/**
 * Histories of sequences that this version ran, as Durable kept them: a later orchestrator must do the same on these.
 * `UPDATE_VECTORS=1` plays them again; a changed vector means that running sequences break.
 */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../../local/host/durable/history.ts';
import { openStorage } from '../../../local/host/durable/store/open-store.ts';
import { builtIns } from '../../../shared/sequences/built-in/index.ts';
import { advance } from '../../../shared/sequences/interpreter/interpreter.ts';
import type { Plan, State } from '../../../shared/sequences/interpreter/state.ts';
import { callBack } from '../../../shared/sequences/orchestrators/call-back.ts';
import { orchestrationOf } from '../../../shared/sequences/orchestrators/flow/orchestrator.ts';
import { runSequence } from '../../../shared/sequences/runtime/orchestration.ts';
import { openSequences } from '../../../shared/storage/sequences.ts';
import { eventually } from '../../support/api.ts';
import { runOrchestrator } from '../../support/orchestrator-engine.ts';
import { embeddedOnly } from '../../support/suited.ts';
import { startSwitchboard } from '../../support/switchboard.ts';
import { withoutTimers } from '../../support/wire.ts';
import { startScene } from './play.ts';
import { answers, presses, type Scene, scenes } from './scenes.ts';
import { ended } from './sequences.ts';

interface Vector {
  readonly name: string;
  readonly plan: Plan;
  readonly state: State;
  /** Of the last execution: after a timer a new one starts. */
  readonly history: readonly HistoryEvent[];
  readonly isDone: boolean;
  readonly actions: readonly object[];
}

const names = [...builtIns, callBack].map(({ name }) => name);
const fileOf = (name: string) => new URL(`vectors/${name}.json`, import.meta.url);

if (process.env.UPDATE_VECTORS) {
  embeddedOnly('reads what the embedded host keeps of orchestrations')('the vectors are played again', playAll);
}

test.each(names)('%s: the orchestrator issues the same actions', async (name) => {
  const { plan, history, isDone, actions } = await read(name);
  expect(history.length).toBeGreaterThan(4);
  expect(await replay(plan, history)).toEqual({ isDone, actions });
  for (const [index, { EventType }] of history.entries()) {
    if (EventType === orchestratorStarted && index > 0) {
      const before = await replay(plan, history.slice(0, index));
      const then = actions.slice(0, before.actions.length);
      expect(before.isDone).toBe(false);
      expect(uncanceled(before.actions)).toEqual(uncanceled(then));
    }
  }
});

test.each(names)(
  '%s: the interpreter reads the plan and the state that it wrote, and has nothing left to do',
  async (name) => {
    const { plan, state } = await read(name);
    const snapshot = {
      now: new Date().toISOString(),
      operations: {},
      rejections: {},
      hasCallEnded: true,
      present: [],
      departed: [],
      events: [],
      eventCount: 0,
      listening: {},
    };
    expect(advance(plan, state, snapshot)).toEqual({ state, commands: [] });
    const unended = { ...state, phase: 'finally' as const };
    expect(advance(plan, unended, snapshot)).toMatchObject({
      state: { phase: 'ended', ending: state.ending },
      commands: [],
    });
  },
);

test.each(names)('%s: its history holds no phone number and no digits that a party pressed', async (name) => {
  const { history } = await read(name);
  // Inputs and results are JSON in JSON. The value that the code compares with is not a pressed digit.
  const text = JSON.stringify(history).replaceAll('\\', '').replaceAll('"equals":"one"', '');
  expect(text).not.toMatch(/\+\d{7,}|"(?:zero|one|two|three)"/);
});

const orchestratorStarted = 12;

/** A timer is canceled later than it is created. */
function uncanceled(actions: readonly object[]): string {
  return JSON.stringify(actions).replaceAll('"isCanceled":true', '"isCanceled":false');
}

async function read(name: string): Promise<Vector> {
  return JSON.parse(await readFile(fileOf(name), 'utf8'));
}

/** The actions of the orchestrator on a history. */
async function replay({ sequenceId, orchestrator }: Plan, history: readonly HistoryEvent[]) {
  const { isDone, actions } = orchestrator
    ? await runOrchestrator(orchestrationOf(callBack), sequenceId, { sequenceId, shown: orchestrator.shown }, history)
    : await runOrchestrator(runSequence, sequenceId, { sequenceId }, history);
  return JSON.parse(JSON.stringify({ isDone, actions: actions.flat() })) as Pick<Vector, 'isDone' | 'actions'>;
}

/** The successful scene of the example orchestrator. */
const ownScene: Scene = {
  name: callBack.name,
  when: 'the customer agrees to talk to an agent',
  input: ({ caller, one }) => ({ ...callBack.example, customer: caller, agent: one, talkFor: 'PT0.5S' }),
  scripts: { caller: presses('1'), one: answers },
  ends: { status: 'succeeded' },
  callsItself: true,
};

/** Plays the first scene of each, and keeps its history, plan and state. */
async function playAll(): Promise<void> {
  const hubName = `v${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const settings = { AzureFunctionsJobHost__extensions__durableTask__hubName: hubName, TABLE_PREFIX: hubName };
  const board = await startSwitchboard({ ...withoutTimers, ...settings });
  const { store } = await openStorage('sequence', hubName, () => undefined, new AbortController().signal);
  const rows = openSequences({ connectionString: String(process.env.AzureWebJobsStorage) }, hubName);
  for (const name of names) {
    const scene = [...scenes, ownScene].find((one) => one.name === name);
    if (!scene) {
      throw new Error(`no scene of ${name}`);
    }
    const { sequenceId } = await startScene(board, scene);
    await ended(board, sequenceId);
    const { history = [] } =
      (await eventually(
        () => store.load(sequenceId),
        (stored) => stored?.instance.status === 'Completed',
      )) ?? {};
    const plan = (await rows.readPlan(sequenceId))?.plan as Plan;
    const state = (await rows.readState(sequenceId))?.state as State;
    const played = await replay(plan, history);
    await writeFile(fileOf(name), `${JSON.stringify({ name, plan, state, history, ...played }, null, 2)}\n`);
  }
  await board.close();
}
