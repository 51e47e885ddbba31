import { expect, test } from 'vitest';
import { advance } from '../../../../shared/sequences/interpreter/interpreter.ts';
import { newState } from '../../../../shared/sequences/interpreter/state.ts';
import type { Step } from '../../../../shared/sequences/language/definition.ts';
import { statusOf } from '../../../../shared/sequences/runtime/sequence.ts';
import { callId, runIn } from '../world.ts';

const succeeded = { status: 'succeeded' } as const;
const failed = { status: 'failed', error: { code: 'playFailed', message: 'ACS reported PlayFailed.' } } as const;
const play: Step = { do: 'play', with: { sources: [{ text: 'hello' }] } };
const finallyHangUp = [{ do: 'hangUp' }];

test('operations are commanded one after another, each once the previous one succeeded', () => {
  const world = runIn({ steps: [play, { do: 'hold', with: { participant: 'a' } }], finally: finallyHangUp });
  world.advance();
  expect(world.commands.map(({ operation }) => operation)).toEqual(['play']);
  world.settle('play', succeeded);
  expect(world.commands.map(({ operation }) => operation)).toEqual(['play', 'hold']);
  world.settle('hold', succeeded);
  world.settle('hangUp', succeeded);
  expect(statusOf(world.state)).toBe('succeeded');
  expect(Object.keys(world.state.steps)).toEqual(['play', 'hold', 'hangUp']);
});

test('a step that fails ends the sequence, after finally has run', () => {
  const world = runIn({ steps: [play, play], finally: finallyHangUp });
  world.advance();
  world.settle('play', failed);
  expect(statusOf(world.state)).toBe('running');
  world.settle('hangUp', succeeded);
  expect(statusOf(world.state)).toBe('failed');
  expect(world.state.ending?.error).toEqual({ code: 'playFailed', message: 'Step play: ACS reported PlayFailed.' });
});

test('onFailure continue runs the next step, compensate undoes the steps so far, the last first', () => {
  const world = runIn({
    steps: [
      { ...play, onFailure: 'continue' },
      { do: 'addParticipant', with: { target: '+14255550123' } },
      { do: 'startRecording' },
      { do: 'hold', with: { participant: 'a' } },
      { do: 'unhold', with: { participant: 'a' } },
      { id: 'last', do: 'play', onFailure: 'compensate' },
    ],
    finally: finallyHangUp,
  });
  world.advance();
  world.settle('play', failed);
  world.settle('addParticipant', { status: 'succeeded', result: { invitationId: 'i' } });
  world.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  world.settle('hold', succeeded);
  world.settle('unhold', succeeded);
  world.settle('play', failed);
  world.settle('stopRecording', failed);
  world.settle('removeParticipant', succeeded);
  world.settle('hangUp', succeeded);
  expect(statusOf(world.state)).toBe('compensated');
  expect(world.commands.slice(-3).map(({ operation, input }) => [operation, input])).toEqual([
    ['stopRecording', { recordingId: 'r' }],
    ['removeParticipant', { callId: '7d1f0a52-0c3e-4c55-9a53-3c2a6c1a0b11', participant: '+14255550123' }],
    ['hangUp', {}],
  ]);
});

test('references resolve to the input and to the results of earlier steps; a doubled dollar is a plain one', () => {
  const world = runIn(
    {
      steps: [
        { id: 'add', do: 'addParticipant', with: { target: '$input.who', displayName: '$input.name' } },
        { do: 'cancelAddParticipant', with: { invitationId: '$steps.add.result.invitationId' } },
        { do: 'play', with: { sources: [{ text: '$$5' }] } },
        {
          result: { who: '$input.who', missing: '$steps.add.result.nothing', call: '$callId', sequence: '$sequenceId' },
        },
      ],
    },
    { input: { who: '+14255550123' }, fates: () => ({ status: 'succeeded', result: { invitationId: 'i' } }) },
  );
  world.advance();
  expect(world.commands.map(({ input }) => input)).toEqual([
    { target: '+14255550123' },
    { invitationId: 'i' },
    { sources: [{ text: '$5' }] },
  ]);
  expect(world.state.result).toEqual({
    who: '+14255550123',
    call: '7d1f0a52-0c3e-4c55-9a53-3c2a6c1a0b11',
    sequence: '11111111-2222-4333-8444-555555555555',
  });
});

test('a reference to what a step did not produce fails the step, and no operation is commanded', () => {
  const world = runIn({
    steps: [
      { id: 'first', ...play },
      { do: 'play', with: { sources: [{ text: '$steps.first.result.words' }] } },
    ],
  });
  world.advance();
  world.settle('play', succeeded);
  expect(world.state.ending?.error?.code).toBe('referenceMissing');
  expect(world.commands).toHaveLength(1);
});

test('digits that an earlier step produced and that are none fail the step, unless it continues, and none are sent', () => {
  const ask: Step = { id: 'ask', do: 'recognize' };
  const send: Step = { sendDigits: { to: '+14255550123', digits: '$steps.ask.result.speech' } };
  const runWith = (step: Step, speech: string) => {
    const world = runIn({ steps: [ask, step] }, { fates: () => ({ status: 'succeeded', result: { speech } }) });
    world.advance();
    return [statusOf(world.state), world.state.ending?.error?.code, world.commands.length];
  };
  expect(runWith(send, 'twelve')).toEqual(['failed', 'invalidDigits', 1]);
  expect(runWith({ ...send, onFailure: 'continue' }, 'twelve')).toEqual(['succeeded', undefined, 1]);
  expect(runWith(send, '12')).toEqual(['succeeded', undefined, 2]);
});

test('after its timeout a step runs onTimeout, and still waits for its operation', () => {
  const steps: Step[] = [
    {
      id: 'add',
      do: 'addParticipant',
      timeout: 'PT20S',
      onFailure: 'continue',
      onTimeout: [{ id: 'cancel', do: 'cancelAddParticipant', onFailure: 'continue' }],
    },
    { result: { outcome: '$steps.add.status' } },
  ];
  const world = runIn({ steps });
  world.advance();
  expect(world.wakeAt).toBe('2026-01-01T00:00:20.000Z');
  world.passTime(19_999);
  expect(world.commands).toHaveLength(1);
  world.passTime(1);
  expect(world.commands.map(({ operation }) => operation)).toEqual(['addParticipant', 'cancelAddParticipant']);
  world.settle('addParticipant', succeeded);
  expect(statusOf(world.state)).toBe('running');
  world.settle('cancelAddParticipant', failed);
  expect(statusOf(world.state)).toBe('succeeded');
  expect(world.state.result).toEqual({ outcome: 'succeeded' });
});

test('a wait ends when its time has passed, or fails when the call ends', () => {
  const world = runIn({ steps: [{ wait: 'PT5S' }, { id: 'second', wait: 'PT1H' }], finally: finallyHangUp });
  world.advance();
  expect(world.wakeAt).toBe('2026-01-01T00:00:05.000Z');
  world.passTime(5000);
  expect(world.state.steps.wait?.status).toBe('succeeded');
  world.endCall();
  expect(world.state.steps.second).toMatchObject({ status: 'failed', error: { code: 'callEnded' } });
  world.settle('hangUp', { refused: { code: 'callEnded', message: 'The call has ended.' } });
  expect(statusOf(world.state)).toBe('failed');
  expect(world.state.steps.hangUp?.status).toBe('succeeded');
});

test('a waitFor consumes each event once, also one that arrived while the previous step ran', () => {
  const wait = { waitFor: { events: ['PlayCompleted'], timeout: 'PT10S' } } as const;
  const world = runIn({ steps: [play, wait, { repeat: { times: 2, steps: [{ id: 'again', ...wait }] } }] });
  world.advance();
  world.receiveEvent('PlayCompleted');
  world.receiveEvent('PlayCompleted');
  world.settle('play', succeeded);
  expect(world.state.steps.waitFor).toMatchObject({ status: 'succeeded', event: { position: 1 } });
  expect(world.state.steps['again#1']).toMatchObject({ status: 'succeeded', event: { position: 2 } });
  expect(world.state.steps['again#2']?.status).toBe('running');
  world.passTime(10_000);
  expect(statusOf(world.state)).toBe('timedOut');
  expect(world.state.ending?.error?.code).toBe('eventMissing');
});

test('a cancel stops what is open, undoes the steps so far and runs finally, once', () => {
  const world = runIn(
    {
      steps: [{ do: 'createCall', with: { targets: ['+14255550123'] } }, { do: 'addParticipant' }, play],
      finally: [{ id: 'last', wait: 'PT1S' }],
    },
    { hasCall: false },
  );
  world.advance();
  world.settle('createCall', succeeded);
  world.settle('addParticipant', { status: 'sent', result: { invitationId: 'i' } });
  world.cancel();
  expect(world.commands.at(-1)).toMatchObject({ operation: 'cancelAddParticipant', input: { invitationId: 'i' } });
  world.settle('cancelAddParticipant', succeeded);
  world.settle('addParticipant', { status: 'canceled' });
  expect(world.commands.at(-1)).toMatchObject({ operation: 'hangUp', input: { forEveryone: true } });
  world.settle('hangUp', succeeded);
  world.passTime(1000);
  expect(statusOf(world.state)).toBe('canceled');
  world.cancel();
  expect(world.commands).toHaveLength(4);
});

test('a sequence that runs for 24 hours is stopped', () => {
  const world = runIn({ steps: [{ wait: 'PT24H' }, { wait: 'PT1S' }] });
  world.advance();
  world.passTime(86_400_000);
  expect(statusOf(world.state)).toBe('timedOut');
  expect(world.state.ending?.error?.code).toBe('sequenceTooLong');
});

test('finally skips what is undone already, and what was never created', () => {
  const stopRecording: Step = {
    do: 'stopRecording',
    with: { recordingId: '$steps.startRecording.result.recordingId' },
  };
  const second: Step = { do: 'unhold', with: { participant: '$steps.second.result.missing' } };
  const world = runIn({
    steps: [{ do: 'startRecording' }, stopRecording, { id: 'second', ...play }],
    finally: [stopRecording, second],
  });
  world.advance();
  world.settle('startRecording', { status: 'succeeded', result: { recordingId: 'r' } });
  world.settle('stopRecording', { refused: { code: 'recordingNotRunning', message: 'It is stopped.' } });
  world.settle('play', failed);
  expect(world.state.steps['stopRecording-2']?.status).toBe('skipped');
  expect(world.state.steps.unhold).toMatchObject({ status: 'skipped', error: { code: 'referenceMissing' } });
});

test('an operation without a response is commanded again, under the same id', () => {
  const plan = {
    sequenceId: '11111111-2222-4333-8444-555555555555',
    createdAt: '2026-01-01T00:00:00.000Z',
    input: {},
    definition: { steps: [{ id: 'play', do: 'play' }] },
  };
  const snapshot = {
    now: plan.createdAt,
    operations: {},
    rejections: {},
    hasCallEnded: false,
    present: [],
    departed: [],
    events: [],
    eventCount: 0,
    listening: {},
  };
  const first = advance(plan, newState(callId), snapshot);
  const operationId = String(first.commands[0]?.operationId);
  const abandoned = { status: 'accepted', callId, isAbandoned: true } as const;
  const again = advance(plan, first.state, { ...snapshot, operations: { [operationId]: abandoned } });
  expect(again.commands).toEqual(first.commands);
  const settled = { status: 'succeeded', callId } as const;
  const done = advance(plan, again.state, { ...snapshot, operations: { [operationId]: settled } });
  expect(done.state.phase).toBe('ended');
});
