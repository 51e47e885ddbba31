import { expect, test } from 'vitest';
import { fail, finish, start, succeed } from './line.ts';

const input = { target: '+14255550123', callerId: '+14255550100', cancelAfter: 'PT20S' };

test('an invitation that is answered in time brings the person into the call', () => {
  const line = start('addThenCancel', input);
  line.settle('addParticipant', { status: 'succeeded' });
  expect(line.state.result).toEqual({ outcome: 'answered' });
  expect(line.names).toEqual(['addParticipant']);
});

test('an invitation that is not answered in time is cancelled', () => {
  const line = start('addThenCancel', input);
  line.passTime(20_000);
  line.settle('cancelAddParticipant', { status: 'succeeded' });
  expect(line.state.result).toEqual({ outcome: 'canceled' });
});

test('an answer that overtakes the cancel counts, once the cancel has ended as well', () => {
  const line = start('addThenCancel', input);
  line.passTime(20_000);
  line.settle('addParticipant', { status: 'succeeded' });
  expect(line.status).toBe('running');
  for (const ask of line.open) {
    line.settle(ask, succeed(ask));
  }
  expect(line.status).toBe('succeeded');
  expect(line.state.result).toEqual({ outcome: 'answered' });
});

test('a person who answers as the caller leaves is informed, and then removed', () => {
  const caller = '+14255550199';
  const abandonedPrompt = { text: 'The caller has hung up.' };
  const line = start('addThenCancel', { ...input, caller, abandonedPrompt });
  line.leave(caller);
  line.settle('addParticipant', { status: 'succeeded' });
  finish(line, succeed);
  expect(line.commands.map(({ operation, input: of }) => [operation, of.to ?? of.participant])).toEqual([
    ['addParticipant', undefined],
    ['cancelAddParticipant', undefined],
    ['play', [input.target]],
    ['removeParticipant', input.target],
  ]);
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'abandoned' }]);
});

test('a declined invitation is reported with its reason', () => {
  const line = start('addThenCancel', input);
  for (const ask of line.open) {
    line.settle(ask, fail(ask));
  }
  expect(line.state.result).toMatchObject({ outcome: 'declined', error: { code: 'addParticipantFailed' } });
});
