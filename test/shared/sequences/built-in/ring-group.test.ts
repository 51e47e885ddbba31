import { expect, test } from 'vitest';
import type { StepCommand } from '../../../../shared/sequences/interpreter/state.ts';
import { fail, finish, type Line, press, start, succeed } from './line.ts';

const first = '+14255550123';
const second = '+14255550124';
const input = { targets: [first, second], callerId: '+14255550100' };
const confirm = { prompt: { text: 'Press 1 to take the call.' } };

const about = (line: Line, person: string): StepCommand[] =>
  line.open.filter((ask) => [ask.input.target, ask.input.participant].includes(person));

function answer(line: Line, person: string): void {
  for (const ask of about(line, person)) {
    line.settle(ask, { status: 'succeeded' });
  }
}

test('together, the first to answer has the call, and the others are cancelled', () => {
  const line = start('ringGroup', input);
  expect(line.names).toEqual(['addParticipant', 'addParticipant']);
  answer(line, second);
  expect(line.open.map(({ operation }) => operation)).toEqual(['addParticipant', 'cancelAddParticipant']);
  line.settle('cancelAddParticipant', { status: 'succeeded' });
  expect(line.status).toBe('succeeded');
  expect(line.state.result).toEqual({ outcome: 'answered', participant: second });
});

test('together, a person who answers a moment too late is removed', () => {
  const line = start('ringGroup', input);
  answer(line, second);
  answer(line, first);
  finish(line, succeed);
  expect(line.commands.at(-1)).toMatchObject({ operation: 'removeParticipant', input: { participant: first } });
  expect(line.state.result).toEqual({ outcome: 'answered', participant: second });
});

test('each rings for a limited time; after all of them, no one was reached', () => {
  const line = start('ringGroup', { ...input, ringFor: 'PT15S' });
  line.passTime(15_000);
  expect(line.names.slice(2)).toEqual(['cancelAddParticipant', 'cancelAddParticipant']);
  finish(line, succeed);
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'nobody' }]);
});

test('in turn, the next is rung once the one before has declined', () => {
  const line = start('ringGroup', { ...input, order: 'inTurn' });
  expect(about(line, second)).toEqual([]);
  line.settle('addParticipant', { status: 'failed' });
  answer(line, second);
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'answered', participant: second }]);
});

test('in turn, no one is rung after the one who answered', () => {
  const line = start('ringGroup', { ...input, order: 'inTurn' });
  answer(line, first);
  expect(line.names).toEqual(['addParticipant']);
  expect(line.state.result).toEqual({ outcome: 'answered', participant: first });
});

test.each(['together', 'inTurn'])(
  '%s, a person who answers but does not confirm is removed, and does not count',
  (order) => {
    const line = start('ringGroup', { ...input, order, confirm });
    answer(line, first);
    line.settle('recognize', press('nine'));
    line.settle('removeParticipant', { status: 'succeeded' });
    expect(line.status).toBe('running');
    answer(line, second);
    line.settle('recognize', press('one'));
    expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'answered', participant: second }]);
  },
);

test('a voicemail is removed when nothing is pressed', () => {
  const line = start('ringGroup', { ...input, targets: [first], confirm });
  finish(line, (ask) => (ask.operation === 'recognize' ? fail(ask) : succeed(ask)));
  expect(line.names).toEqual(['addParticipant', 'recognize', 'removeParticipant']);
  expect(line.state.result).toEqual({ outcome: 'nobody' });
});

test('those who have answered are informed at once when the caller leaves, and removed afterwards', () => {
  const abandonedPrompt = { text: 'The caller has hung up.' };
  const caller = '+14255550199';
  const line = start('ringGroup', { ...input, caller, confirm, abandonedPrompt });
  answer(line, first);
  answer(line, second);
  line.leave(caller);
  for (const ask of line.open) {
    line.settle(ask, succeed(ask));
  }
  expect(line.open.map(({ operation, input: of }) => [operation, of])).toEqual(
    [first, second].map((one) => ['play', { sources: [abandonedPrompt], to: [one] }]),
  );
  finish(line, succeed);
  expect(line.names.slice(-2)).toEqual(['removeParticipant', 'removeParticipant']);
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'abandoned' }]);
});

test('a cancel while two ring cancels both', () => {
  const line = start('ringGroup', input);
  line.cancel();
  finish(line, succeed);
  expect(line.status).toBe('canceled');
  expect(line.names.slice(2)).toEqual(['cancelAddParticipant', 'cancelAddParticipant']);
});
