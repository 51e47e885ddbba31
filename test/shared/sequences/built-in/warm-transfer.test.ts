import { expect, test } from 'vitest';
import { fail, finish, press, start, succeed } from './line.ts';

const customer = '+14255550123';
const agent = '+14255550124';
const input = { customer, agent, callerId: '+14255550100' };
const consult = { prompt: { text: 'Press 1 to take the call.' } };

test('the customer is on hold until the agent is there, then both talk', () => {
  const line = start('warmTransfer', input);
  finish(line, succeed);
  expect(line.commands.map(({ operation, input: of }) => [operation, of.participant ?? of.target])).toEqual([
    ['hold', customer],
    ['addParticipant', agent],
    ['unhold', customer],
  ]);
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'transferred' }]);
});

test('Switchboard leaves the call to the two when `leave` is set', () => {
  const line = start('warmTransfer', { ...input, leave: true, consult });
  finish(line, succeed);
  expect(line.names).toEqual(['hold', 'addParticipant', 'recognize', 'unhold', 'hangUp']);
  expect(line.commands.at(-1)?.input).toEqual({});
  expect(line.state.result).toEqual({ outcome: 'transferred' });
});

test('the call returns to the customer when the agent does not answer in time', () => {
  const line = start('warmTransfer', { ...input, ringFor: 'PT10S' });
  line.settle('hold', { status: 'succeeded' });
  line.passTime(10_000);
  finish(line, succeed);
  expect(line.names).toEqual(['hold', 'addParticipant', 'cancelAddParticipant', 'unhold']);
  expect([line.status, line.state.result]).toEqual(['succeeded', { outcome: 'returned' }]);
});

test('an agent who does not take it is removed before the customer is back', () => {
  const line = start('warmTransfer', { ...input, consult, leave: true });
  finish(line, (ask) => (ask.operation === 'recognize' ? press('two') : succeed(ask)));
  expect(line.names).toEqual(['hold', 'addParticipant', 'recognize', 'removeParticipant', 'unhold']);
  expect(line.state.result).toEqual({ outcome: 'returned' });
});

test('a cancel removes the agent and takes the customer off hold, once', () => {
  const line = start('warmTransfer', { ...input, consult });
  line.settle('hold', { status: 'succeeded' });
  line.settle('addParticipant', { status: 'succeeded' });
  line.cancel();
  finish(line, succeed);
  expect(line.status).toBe('canceled');
  expect(line.names.slice(3)).toEqual(['cancelAllMediaOperations', 'removeParticipant', 'unhold']);
  expect(line.state.steps['unhold-2']?.status).toBe('skipped');
});

test('an indeterminate hold is undone', () => {
  const line = start('warmTransfer', input);
  line.settle('hold', { status: 'indeterminate' });
  expect(line.open.map(({ operation }) => operation)).toEqual(['unhold']);
  finish(line, succeed);
  expect(line.status).toBe('failed');
});

test('an unhold that fails is retried, and the agent is removed', () => {
  const line = start('warmTransfer', input);
  finish(line, (ask) => (ask.operation === 'unhold' && line.stepsOf('unhold').length === 1 ? fail(ask) : succeed(ask)));
  expect(line.status).toBe('compensated');
  expect(line.names).toEqual(['hold', 'addParticipant', 'unhold', 'removeParticipant', 'unhold']);
});
