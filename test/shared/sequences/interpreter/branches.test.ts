import { expect, test } from 'vitest';
import type { Step } from '../../../../shared/sequences/language/definition.ts';
import { statusOf } from '../../../../shared/sequences/runtime/sequence.ts';
import { runIn } from '../world.ts';

const succeeded = { status: 'succeeded' } as const;
const failed = { status: 'failed', error: { code: 'playFailed', message: 'ACS reported PlayFailed.' } } as const;
const play: Step = { do: 'play', with: { sources: [{ text: 'hello' }] } };

test('with until first, the branches that lose are stopped, and undone if they succeed in spite of that', () => {
  const ring = (id: string): Step[] => [{ id, do: 'addParticipant', with: { target: id } }];
  const world = runIn({ steps: [{ parallel: [ring('one'), ring('two')], until: 'first' }, { do: 'hangUp' }] });
  world.advance();
  const [one, two] = world.commands;
  expect([one?.input, two?.input]).toEqual([{ target: 'one' }, { target: 'two' }]);
  world.settle('addParticipant', succeeded);
  expect(world.commands).toHaveLength(2);
  world.settle('addParticipant', succeeded);
  expect(world.commands.at(-1)).toMatchObject({ operation: 'removeParticipant', input: { participant: 'one' } });
  world.settle('removeParticipant', succeeded);
  world.settle('hangUp', succeeded);
  expect(statusOf(world.state)).toBe('succeeded');
});

test('with until all, a branch that fails stops the others', () => {
  const world = runIn({ steps: [{ parallel: [[play], [{ wait: 'PT1H' }]] }] });
  world.advance();
  world.settle('play', failed);
  expect(world.state.steps.wait?.status).toBe('canceled');
  expect(statusOf(world.state)).toBe('failed');
});

test('a branch whose onTimeout failed has failed, whatever the outcome of its operation', () => {
  const late: Step = { do: 'hold', timeout: 'PT5S', onTimeout: [{ fail: { code: 'tooLate', message: 'Too late.' } }] };
  const world = runIn({ steps: [{ parallel: [[{ do: 'createCall', with: {} }], [late]] }] });
  world.advance();
  world.passTime(5000);
  expect(statusOf(world.state)).toBe('running');
  world.settle('hold', succeeded);
  expect(world.open.map(({ operation }) => operation)).toEqual(['createCall', 'hangUp']);
  world.settle('createCall', { status: 'canceled' });
  expect(statusOf(world.state)).toBe('running');
  world.settle('hangUp', succeeded);
  expect(world.state.ending).toMatchObject({ status: 'failed', error: { code: 'tooLate' } });
});

test('with until all, the sequence continues once every branch is done', () => {
  const world = runIn({ steps: [{ parallel: [[play], [{ wait: 'PT1H' }]] }, { do: 'hangUp' }] });
  world.advance();
  world.settle('play', succeeded);
  expect(world.commands).toHaveLength(1);
  world.passTime(3_600_000);
  expect(world.commands.at(-1)?.operation).toBe('hangUp');
});

test('a race that every branch loses fails as the first did', () => {
  const world = runIn({ steps: [{ parallel: [[play], [{ id: 'second', ...play }]], until: 'first' }] });
  world.advance();
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
  world.advance();
  world.settle('recognize', failed);
  world.settle('recognize', { status: 'succeeded', result: { tones: ['one'] } });
  expect(statusOf(world.state)).toBe('succeeded');
  expect(Object.keys(world.state.steps)).toEqual(['ask#1', 'ask#2']);
  expect(world.state.result).toEqual({ tones: ['one'] });
});

test('what a losing branch undid itself is not undone again, whatever follows', () => {
  const hold: Step = { do: 'hold', with: { participant: 'a' } };
  const unhold: Step = { do: 'unhold', with: { participant: 'a' } };
  const world = runIn({
    steps: [{ parallel: [[play], [hold, unhold, { wait: 'PT1H' }]], until: 'first' }, hold, { ...play, id: 'second' }],
  });
  world.advance();
  world.settle('hold', succeeded);
  world.settle('unhold', succeeded);
  world.settle('play', succeeded);
  world.settle('hold', succeeded);
  world.settle('play', succeeded);
  expect(statusOf(world.state)).toBe('succeeded');
  expect(world.commands.map(({ operation }) => operation)).toEqual(['play', 'hold', 'unhold', 'hold', 'play']);
});
