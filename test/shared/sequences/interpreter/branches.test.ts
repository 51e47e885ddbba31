import { expect, test } from 'vitest';
import type { Step } from '../../../../shared/sequences/language/definition.ts';
import { statusOf } from '../../../../shared/sequences/runtime/sequence.ts';
import { runIn } from '../world.ts';

const succeeded = { status: 'succeeded' } as const;
const failed = { status: 'failed', error: { code: 'playFailed', message: 'ACS reported PlayFailed.' } } as const;
const play: Step = { do: 'play', with: { sources: [{ text: 'hello' }] } };

test('of parallel branches until first, those that lose are stopped, and undone when they won all the same', () => {
  const ring = (id: string): Step[] => [{ id, do: 'addParticipant', with: { target: id } }];
  const world = runIn({ steps: [{ parallel: [ring('one'), ring('two')], until: 'first' }, { do: 'hangUp' }] });
  world.go();
  const [one, two] = world.asked;
  expect([one?.input, two?.input]).toEqual([{ target: 'one' }, { target: 'two' }]);
  world.settle('addParticipant', succeeded);
  expect(world.asked).toHaveLength(2);
  world.settle('addParticipant', succeeded);
  expect(world.asked.at(-1)).toMatchObject({ operation: 'removeParticipant', input: { participant: 'one' } });
  world.settle('removeParticipant', succeeded);
  world.settle('hangUp', succeeded);
  expect(statusOf(world.state)).toBe('succeeded');
});

test('of parallel branches until all, one that fails stops the others', () => {
  const world = runIn({ steps: [{ parallel: [[play], [{ wait: 'PT1H' }]] }] });
  world.go();
  world.settle('play', failed);
  expect(world.state.steps.wait?.status).toBe('canceled');
  expect(statusOf(world.state)).toBe('failed');
});

test('a branch whose steps after a time-out failed has failed, whatever its operation still comes to', () => {
  const late: Step = { do: 'hold', timeout: 'PT5S', onTimeout: [{ fail: { code: 'tooLate', message: 'Too late.' } }] };
  const world = runIn({ steps: [{ parallel: [[{ do: 'createCall', with: {} }], [late]] }] });
  world.go();
  world.turn(5000);
  expect(statusOf(world.state)).toBe('running');
  world.settle('hold', succeeded);
  expect(world.open.map(({ operation }) => operation)).toEqual(['createCall', 'hangUp']);
  world.settle('createCall', { status: 'canceled' });
  expect(statusOf(world.state)).toBe('running');
  world.settle('hangUp', succeeded);
  expect(world.state.ending).toMatchObject({ status: 'failed', error: { code: 'tooLate' } });
});

test('parallel branches until all go on once each is through', () => {
  const world = runIn({ steps: [{ parallel: [[play], [{ wait: 'PT1H' }]] }, { do: 'hangUp' }] });
  world.go();
  world.settle('play', succeeded);
  expect(world.asked).toHaveLength(1);
  world.turn(3_600_000);
  expect(world.asked.at(-1)?.operation).toBe('hangUp');
});

test('a race that everybody loses fails as the first did', () => {
  const world = runIn({ steps: [{ parallel: [[play], [{ id: 'second', ...play }]], until: 'first' }] });
  world.go();
  world.settle('play', failed);
  expect(statusOf(world.state)).toBe('running');
  world.settle('play', failed);
  expect(world.state.ending).toMatchObject({
    status: 'failed',
    error: { message: 'Step play: ACS reported PlayFailed.' },
  });
});

test('a repetition ends when its condition holds after a round, and sees that round', () => {
  const world = runIn({
    steps: [
      {
        repeat: {
          times: 3,
          steps: [{ id: 'ask', do: 'recognize', onFailure: 'continue' }],
          until: { ref: '$steps.ask.status', equals: 'succeeded' },
        },
      },
      { result: { tones: '$steps.ask.result.tones' } },
    ],
  });
  world.go();
  world.settle('recognize', failed);
  world.settle('recognize', { status: 'succeeded', result: { tones: ['one'] } });
  expect(statusOf(world.state)).toBe('succeeded');
  expect(Object.keys(world.state.steps)).toEqual(['ask#1', 'ask#2']);
  expect(world.state.result).toEqual({ tones: ['one'] });
});
