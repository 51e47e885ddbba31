import { expect, it } from 'vitest';
import { stories } from '../../../local/demo/stories/index.ts';
import { Command } from '../dev/support/command.ts';

it('plays every story and exits 0', async () => {
  const demo = new Command('local/demo.js');

  expect([await demo.ended, demo.output]).toEqual([0, expect.stringContaining('All as expected')]);
  for (const { name } of stories) {
    expect(demo.output).toContain(`${name}: as expected`);
  }
  expect(demo.output).not.toContain('✗');
});

it('names the expected and the actual value when a story does not go as expected, and exits 1', async () => {
  const fail = { code: 400, subCode: 8558, message: 'Participant not found.' };
  const fault = JSON.stringify({ match: 'removeParticipant', do: { fail } });
  const demo = new Command('local/demo.js', '--story', 'room-call', '--fault', fault);

  expect(await demo.ended).toBe(1);
  expect(demo.output).toContain("✗ the patient is taken out\n      expected 'succeeded'\n      actual   'failed'");
  expect(demo.output).toContain('RemoveParticipantFailed (400/8558 Participant not found.)');
  expect(demo.output).toContain('Not as expected: room-call.');
});

it.each([
  ['an unknown story', ['--story', 'moon'], `--story takes ${stories.map(({ name }) => name).join(', ')}, not "moon"`],
  ['a fault that is no JSON', ['--fault', 'boom'], '--fault takes a JSON object, not boom'],
])('refuses %s', async (_, args, says) => {
  const demo = new Command('local/demo.js', ...args);

  expect([await demo.ended, demo.output]).toEqual([1, expect.stringContaining(says)]);
});
