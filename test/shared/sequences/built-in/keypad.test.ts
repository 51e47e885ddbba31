/** menu and collectDigits. */
import { expect, test } from 'vitest';
import { fail, finish, press, start, succeed } from './line.ts';

const asked = { participant: '+14255550123', prompt: { text: 'For hours press 1, for an agent 2.' } };
const play = { do: 'play', with: { sources: [{ text: 'Nine to five.' }], to: ['$input.participant'] } };
const choices = [
  { tone: 'one', label: '$hours', steps: [play] },
  { tone: 'two', label: 'agent' },
];

test('the steps of a choice run once it is made', () => {
  const line = start('menu', { ...asked, choices });
  line.settle('recognize', press('one'));
  expect(line.commands.at(-1)).toMatchObject({ operation: 'play', input: { to: ['+14255550123'] } });
  line.settle('play', { status: 'succeeded' });
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'chosen', choice: '$hours' }]);
});

test('the menu is played again after a wrong tone, and after none', () => {
  const line = start('menu', { ...asked, choices });
  line.settle('recognize', press('nine'));
  line.settle('recognize', { status: 'failed' });
  line.settle('recognize', press('two'));
  expect(line.state.result).toEqual({ outcome: 'chosen', choice: 'agent' });
});

test('a menu ends without a choice after its last attempt', () => {
  const line = start('menu', { ...asked, choices, attempts: 2 });
  finish(line, fail);
  expect(line.names).toEqual(['recognize', 'recognize']);
  expect(line.state.result).toMatchObject({ outcome: 'none', error: { code: 'recognizeFailed' } });
});

test('a choice whose steps fail fails the menu', () => {
  const line = start('menu', { ...asked, choices });
  finish(line, (ask) => (ask.operation === 'play' ? fail(ask) : succeed(ask)));
  expect([line.status, line.state.ending?.error?.code]).toEqual(['failed', 'playFailed']);
});

test('digits are collected, again when nothing was pressed', () => {
  const line = start('collectDigits', { ...asked, maxTones: 4 });
  line.settle('recognize', press());
  line.settle('recognize', press('one', 'two'));
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'collected', digits: ['one', 'two'] }]);
});

test('masked digits are in the result of the sequence and nowhere else', () => {
  const line = start('collectDigits', { ...asked, maxTones: 4, masked: true });
  expect(line.commands[0]?.masked).toBe(true);
  line.settle('recognize', press('one', 'two'));
  const { result, ...rest } = line.state;
  expect(result).toEqual({ outcome: 'collected', digits: ['one', 'two'] });
  expect(JSON.stringify(rest)).not.toContain('two');
});

test('no digits after the last attempt is an outcome', () => {
  const line = start('collectDigits', { ...asked, maxTones: 4, attempts: 1 });
  finish(line, fail);
  expect([line.status, line.state.result]).toMatchObject(['succeeded', { outcome: 'none' }]);
});
