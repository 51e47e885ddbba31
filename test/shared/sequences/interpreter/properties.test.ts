/** What holds for every sequence: random steps, outcomes, orders of settlement, cancels, ends of the call. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition, Definition, Step } from '../../../../shared/sequences/language/definition.ts';
import { statusOf } from '../../../../shared/sequences/runtime/sequence.ts';
import { runs } from '../../../support/property-runs.ts';
import { type Fate, runIn, type World } from '../world.ts';

const operations = [
  'createCall',
  'addParticipant',
  'play',
  'recognize',
  'hold',
  'unhold',
  'startRecording',
  'hangUp',
  'startContinuousDtmfRecognition',
  'stopContinuousDtmfRecognition',
];
const caller = '+14255550123';
const onFailure = fc.constantFrom('stop', 'continue', 'compensate', undefined);
const timeout = fc.constantFrom('PT5S', 'PT1H', 'PT23H');
const time = fc.oneof(timeout, fc.constant('PT0S'));
const eventKinds = ['PlayCompleted', 'CallDisconnected'] as const;

const condition: fc.Arbitrary<Condition> = fc.record({
  ref: fc.constantFrom(
    '$steps.play.status',
    '$steps.hold-2.status',
    '$callId',
    '$steps.startRecording.result.recordingId',
  ),
  equals: fc.constant('succeeded'),
});

/** Some refer to what may not exist. */
const input = fc.constantFrom(
  {},
  { participant: 'a', target: 'a' },
  { recordingId: '$steps.startRecording.result.recordingId' },
);

const { steps } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 4, depthIdentifier: 'steps' }),
  step: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'steps' },
    fc.record({ do: fc.constantFrom(...operations), with: input, onFailure }),
    fc.record({ wait: time }),
    fc.record({ waitFor: fc.record({ events: fc.constant(eventKinds), timeout: time }), onFailure }),
    fc.record({
      collect: fc.record({
        listening: fc.constant('startContinuousDtmfRecognition'),
        prompt: fc.constantFrom({ text: 'Hi' }, undefined),
        maxTones: fc.integer({ min: 1, max: 3 }),
        stopTones: fc.constantFrom(['pound'], undefined),
        accepts: fc.constantFrom(['one', 'two'], undefined),
      }),
      onFailure,
    }),
    fc.record({ result: fc.constant({ play: '$steps.play.status' }) }),
    fc.record({ fail: fc.constant({ code: 'chosen', message: 'The author fails it.' }) }),
    fc.record({ do: fc.constantFrom(...operations), with: input, onFailure, timeout, onTimeout: tie('steps') }),
    fc.record({ if: condition, then: tie('steps'), else: tie('steps') }),
    fc.record({
      parallel: fc.array(tie('steps'), { minLength: 2, maxLength: 3, depthIdentifier: 'steps' }),
      until: fc.constantFrom('all', 'first', undefined),
      onFailure,
    }),
    fc.record({
      while: fc.record({ present: fc.constantFrom(caller, 'anyone', '8:acs:never') }),
      steps: tie('steps'),
      onDeparture: tie('steps'),
    }),
    fc.record({ repeat: fc.record({ times: fc.integer({ min: 1, max: 3 }), steps: tie('steps'), until: condition }) }),
  ),
}));

const definition: fc.Arbitrary<Definition> = fc.record({ steps, finally: steps }).filter((one) => one.steps.length > 0);

const callEnded = { refused: { code: 'callEnded', message: 'The call has ended.' } } as const;

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.constantFrom('succeeded' as const, 'failed' as const, 'canceled' as const, 'timedOut' as const).map((status) => ({
    status,
    result: { recordingId: 'r', invitationId: 'i', tones: ['one'] },
  })),
  fc.constant({ refused: { code: 'mediaConflict', message: 'Something else plays.' } }),
  fc.constant(callEnded),
);

type Happening = (world: World) => void;

/** What may happen while a sequence runs, any number of times. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.nat(), fate).map(([which, what]) => settle(which, what)) },
  { weight: 2, arbitrary: fc.constantFrom<Happening>((world) => world.wakeAt && world.elapse()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...eventKinds).map(
      (kind): Happening =>
        (world) =>
          world.receiveEvent(kind),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Happening>(
      (world) => world.advance(),
      (world) => world.passTime(1000),
      (world) => world.press('one'),
      (world) => world.press('two', 'nine', 'pound'),
      (world) => world.stopReporting(),
      (world) => world.cancel(),
      (world) => world.endCall(),
      (world) => world.leave(caller),
    ),
  },
);

function settle(which: number, what: Fate): Happening {
  return (world) => {
    const ask = world.open[which % world.open.length];
    if (ask) {
      world.settle(ask, what);
    }
  };
}

/** Open operations succeed and time passes, until the sequence has ended. */
function finish(world: World): void {
  for (let rounds = 0; statusOf(world.state) === 'running'; rounds += 1) {
    if (rounds > 2000) {
      throw new Error(`does not end: ${JSON.stringify(world.state)}`);
    }
    const [ask] = world.open;
    ask ? world.settle(ask, { status: 'succeeded', result: {} }) : world.elapse();
  }
}

test('every sequence ends, commands nothing twice and runs its finally once and last', () => {
  fc.assert(
    fc.property(definition, fc.array(happening, { maxLength: 30 }), fc.boolean(), (one, happenings, hasCall) => {
      const world = runIn(one, { hasCall, participants: [caller] });
      world.advance();
      for (const happens of happenings) {
        happens(world);
      }
      finish(world);
      const records = Object.values(world.state.steps);
      const scopes = records.map(({ scope }) => scope.split('/')[0]);
      expect(records.filter(({ status }) => status === 'running')).toEqual([]);
      expect(scopes).toEqual([...scopes].sort((a, b) => (a === b ? 0 : a === 'finally' ? 1 : -1)));
      expect(world.state.ending).toBeDefined();
    }),
    runs(500),
  );
});

test('a sequence that has ended commands nothing more, whatever happens', () => {
  fc.assert(
    fc.property(definition, fc.array(happening, { maxLength: 10 }), (one, happenings) => {
      const world = runIn(one);
      world.advance();
      finish(world);
      const { state, asked } = { state: world.state, asked: world.commands.length };
      for (const happens of happenings) {
        happens(world);
      }
      expect(world.commands).toHaveLength(asked);
      expect({ ...world.state, cancelRequestedAt: undefined }).toEqual({ ...state, cancelRequestedAt: undefined });
    }),
    runs(200),
  );
});

test('the steps of finally run whatever the outcome of the others', () => {
  const last: Step[] = [
    { id: 'first-of-all', do: 'hangUp', with: { forEveryone: true } },
    { id: 'then', do: 'play', with: {} },
    { id: 'at-last', wait: 'PT1S' },
  ];
  fc.assert(
    fc.property(steps, fc.array(happening, { maxLength: 20 }), (some, happenings) => {
      const world = runIn({ steps: [{ wait: 'PT0S' }, ...some], finally: last });
      world.advance();
      for (const happens of happenings) {
        happens(world);
      }
      finish(world);
      expect(Object.keys(world.state.steps).slice(-3)).toEqual(['first-of-all', 'then', 'at-last']);
    }),
    runs(200),
  );
});

/** The operations that call people. */
const invites = ['createCall', 'addParticipant'];

test('a block calls no one once its participant has left, and leaves no one whom it invited', () => {
  const someone = { do: 'addParticipant', with: { target: '8:acs:agent' }, onFailure: 'continue' } as const;
  fc.assert(
    fc.property(steps, steps, fc.array(happening, { maxLength: 12 }), fc.boolean(), (some, more, happenings, ends) => {
      const block: Step = { id: 'serve', while: { present: caller }, steps: [someone, ...some, someone, ...more] };
      const world = runIn({ steps: [block] }, { participants: [caller] });
      world.advance();
      for (const happens of happenings) {
        happens(world);
      }
      if (statusOf(world.state) !== 'running' || world.state.cancelRequestedAt !== undefined) {
        return;
      }
      const before = world.commands.length;
      ends ? world.endCall() : world.leave(caller);
      finish(world);
      if (world.state.ending?.status === 'timedOut') {
        return;
      }
      const since = world.commands.slice(before).filter(({ operation }) => invites.includes(operation));
      const isAwaited = Object.values(world.state.steps).some((step) => step.do === 'hangUp' || step.do === 'waitFor');
      const isServed = world.state.steps.serve === undefined;
      expect(isServed ? isAwaited || world.state.ending?.status !== 'succeeded' : since.length === 0).toBe(true);
      expect(isServed || world.state.result?.outcome === 'abandoned').toBe(true);
      const added = Object.values(world.state.steps).filter(
        ({ do: name, status }) => name === 'addParticipant' && status === 'succeeded',
      );
      const staying = added.filter(({ request }) => world.participants.includes(request?.input.target as string));
      expect(isServed ? [] : staying).toEqual([]);
    }),
    runs(300),
  );
});
