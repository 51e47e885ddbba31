/** Callers who hang up while a built-in sequence serves them: in each scene, at each of its steps. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtIns } from '../../../shared/sequences/built-in/index.ts';
import { eventually } from '../../support/api.ts';
import { type Switchboard, startSwitchboard } from '../../support/switchboard.ts';
import { lastEntry, party, requestsSince, withoutTimers } from '../../support/wire.ts';
import { atAcs, type EmulatedCall, reaches, startedSteps, startScene } from './play.ts';
import { answers, type Cast, type Scene, scenes } from './scenes.ts';
import { aCall, callerId, ended, frequentRechecks, outcomes } from './sequences.ts';

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ...frequentRechecks });
});
afterAll(() => board.close());

const prompt = { text: 'Hi', locale: 'en-US' };
const goodbye = { text: 'The caller has hung up.', locale: 'en-US' };

/** Whom each built-in that serves a person serves, by the field of its input. */
const serving = new Map<string, string>(builtIns.flatMap((one) => ('serves' in one ? [[one.name, one.serves]] : [])));

/** The person of the cast who is served. */
const servedIn = ({ name, input }: Scene, cast: Cast): string => {
  const { [String(serving.get(name))]: named = cast.caller } = input(cast) as Record<string, string>;
  return named;
};

/** The first scene of each, and those in which others ring or have answered while the caller waits. */
const played = [...serving.keys()].flatMap((name) => {
  const ofName = scenes.filter((scene) => scene.name === name);
  const waits = ofName.filter(({ when }) => /not answer|second confirms|silent/.test(when));
  return [...new Set([...ofName.slice(0, 1), ...waits])];
});

/** How soon a departure is known, on a busy machine: less than the time for which a phone rings. */
const noticedWithinMs = 20_000;
/** Of a short scene only the end may be seen: it is played again. */
const mostRounds = 60;
const dials = ['createCall', 'addParticipant', 'transferCall'];

test.each(played)('$name serves no one once the caller has hung up, at each step: $when', async (scene) => {
  const { sequenceId } = await startScene(board, scene);
  const steps = startedSteps(await ended(board, sequenceId)).filter((id) => !id.includes('~'));
  const abandonedAt = new Set<string>();
  for (let round = 1; round <= mostRounds && abandonedAt.size === 0; round += 1) {
    await Promise.all(
      steps.map(async (step) => {
        const { sequenceId: id, callId, cast } = await startScene(board, scene);
        const { callId: reached } = await reaches(board, id, step);
        const leftAt = await hangUp(callId ?? reached, servedIn(scene, cast));
        if (await servesNoOne(id, leftAt)) {
          abandonedAt.add(step);
        }
      }),
    );
  }
  expect(abandonedAt.size).toBeGreaterThan(0);
});

/** The caller hangs up, if they are in the call; when. */
async function hangUp(callId: string, person: string): Promise<string | undefined> {
  const call = await atAcs(board, callId);
  const rawId = call?.participants.find(({ id }) => id === person)?.rawId;
  const path = `calls/${call?.callConnectionId}/participants/${encodeURIComponent(String(rawId))}/hang-up`;
  const hangsUp = () =>
    board.emulator.control.post(path, {}).then(
      () => true,
      () => false,
    );
  return rawId !== undefined && (await hangsUp()) ? new Date().toISOString() : undefined;
}

/**
 * A sequence that was still serving the caller ends `abandoned`: no one is called any more, rings or waits in the call. One that
 * no longer served them, or of which a step failed as they left, calls no one either. Whether it was abandoned.
 */
async function servesNoOne(sequenceId: string, leftAt: string | undefined): Promise<boolean> {
  const sequence = await ended(board, sequenceId);
  const { steps } = sequence as { steps: Step[] };
  const block = steps.find(({ id, status }) => id === 'serve' && status === 'canceled');
  const since = block?.startedAt ?? leftAt;
  const dialed = steps.filter(({ do: name, startedAt }) => dials.includes(name) && since && startedAt > since);
  expect(dialed).toEqual([]);
  if (!block) {
    return false;
  }
  expect(Date.parse(block.startedAt) - Date.parse(String(leftAt))).toBeLessThan(noticedWithinMs);
  expect(sequence).toMatchObject({ status: 'succeeded', result: { outcome: 'abandoned' } });
  expect(steps.filter(({ status }) => status === 'running')).toEqual([]);
  const call = await eventually(
    () => atAcs(board, sequence.callId),
    (one) => isDeserted(one),
  );
  expect(call?.recordings.filter(({ hasEnded }) => !hasEnded)).toEqual([]);
  return true;
}

interface Step {
  readonly id: string;
  readonly do: string;
  readonly status: string;
  readonly startedAt: string;
}

/** No one rings, and no one whom the sequence invited is left; the people of a room stay in it. */
function isDeserted(call: EmulatedCall | undefined): boolean {
  return call?.state === 'disconnected' || (call?.ringing.length === 0 && call.participants.length <= 1);
}

/** Starts a sequence in a call with one person. */
async function serve(name: string, input: object): Promise<{ sequenceId: string; callId: string; caller: string }> {
  const caller = `+1425777${String(Date.now()).slice(-4)}`;
  await party(board, caller, answers);
  const callId = await aCall(board, caller);
  const { body } = await board.api('POST', 'sequences', { name, input: { ...input, callId } });
  return { sequenceId: body.sequenceId, callId, caller };
}

test('an agent who has answered hears why, and is removed from the call', async () => {
  const agent = '+14257780001';
  await party(board, agent, answers);
  const input = { targets: [agent], callerId, confirm: { prompt }, abandonedPrompt: goodbye };
  const { sequenceId, callId, caller } = await serve('ringGroup', input);
  await reaches(board, sequenceId, 'ring-1-confirm');
  const since = await lastEntry(board);
  await hangUp(callId, caller);
  const sequence = await ended(board, sequenceId);
  expect(sequence).toMatchObject({ status: 'succeeded', result: { outcome: 'abandoned' } });
  expect(outcomes(sequence)).toEqual(
    expect.arrayContaining(['serve canceled', 'ring-1-inform succeeded', 'ring-1~undo succeeded']),
  );
  const plays = (await requestsSince(board, since)).filter(({ path }) => path?.includes(':play'));
  expect(plays.map(({ body }) => JSON.stringify(body))).toEqual([expect.stringContaining(goodbye.text)]);
  await eventually(
    () => atAcs(board, callId),
    (call) => call?.state === 'disconnected',
  );
});

test('steps of a client end at the departure, in the middle of a list, and what follows the block runs', async () => {
  const caller = '+14257790001';
  const agent = '+14257790002';
  const colleague = '+14257790003';
  await party(board, caller, answers);
  await party(board, agent, { onRing: 'noAnswer' });
  await party(board, colleague, answers);
  const callId = await aCall(board, caller);
  // The call outlasts the caller, so that what is open there has to be stopped.
  await board.api('POST', `calls/${callId}/participants`, { target: colleague, callerId }, { prefer: 'wait=20' });
  const steps = [
    {
      id: 'serve',
      while: { present: '$input.caller' },
      steps: [{ id: 'agent', do: 'addParticipant', with: { target: agent, callerId } }, { do: 'startRecording' }],
      onDeparture: [{ result: { informed: true } }],
    },
    { result: { after: '$steps.serve.status' } },
  ];
  const { body } = await board.api('POST', 'sequences', { callId, input: { caller }, steps });
  await reaches(board, body.sequenceId, 'agent');
  await hangUp(callId, caller);
  const sequence = await ended(board, body.sequenceId);
  expect(sequence).toMatchObject({
    status: 'succeeded',
    result: { outcome: 'abandoned', informed: true, after: 'canceled' },
  });
  expect(outcomes(sequence)).toEqual([
    'agent canceled',
    'serve canceled',
    'agent~stop succeeded',
    'startRecording skipped',
  ]);
});

test('a caller who leaves in the instant in which the agent answers leaves no agent behind', async () => {
  const agent = '+14257780002';
  await party(board, agent, { onRing: 'answer', afterMs: 300 });
  const { sequenceId, callId, caller } = await serve('ringGroup', { targets: [agent], callerId });
  await reaches(board, sequenceId, 'ring-1');
  await eventually(
    () => atAcs(board, callId),
    (call) => (call?.participants.length ?? 0) > 1,
  );
  await hangUp(callId, caller);
  const sequence = await ended(board, sequenceId);
  // Whichever event arrives first decides, and the outcome says which.
  expect(['abandoned', 'answered']).toContain(sequence.result.outcome);
  if (sequence.result.outcome === 'abandoned') {
    expect(outcomes(sequence)).toContain('ring-1~undo succeeded');
  }
});

test('a sequence that serves a caller who has left already calls no one', async () => {
  const [caller, other, agent] = ['+14257790011', '+14257790012', '+14257790013'];
  await Promise.all([caller, other, agent].map((one) => party(board, one, answers)));
  const callId = await aCall(board, caller);
  const added = { target: other, callerId };
  await board.api('POST', `calls/${callId}/participants`, added, { prefer: 'wait=20' });
  await hangUp(callId, caller);
  await eventually(
    () => board.api('GET', `calls/${callId}`),
    ({ body }) => !JSON.stringify(body.participants).includes(caller),
  );
  const since = await lastEntry(board);
  const input = { callId, caller, targets: [agent], callerId };
  const { body } = await board.api('POST', 'sequences', { name: 'ringGroup', input });
  expect(await ended(board, body.sequenceId)).toMatchObject({ status: 'succeeded', result: { outcome: 'abandoned' } });
  expect((await requestsSince(board, since)).map(({ path }) => path)).toEqual([]);
});
