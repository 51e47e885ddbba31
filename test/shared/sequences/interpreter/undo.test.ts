/** Which request undoes a step, and which one has its effect already. */
import { expect, test } from 'vitest';
import { operations } from '../../../../shared/operations/index.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import type { StepRecord } from '../../../../shared/sequences/interpreter/state.ts';
import { isNeedless, isUndone, keepsInput, undoRequest } from '../../../../shared/sequences/interpreter/undo.ts';

const callId = '5a9d4f9e-90b0-4d3e-9f0c-1d2c3b4a5968';
const customer = '+14255550123';
const others: readonly Operation[] = operations;

/** A step that succeeded on the call. */
function did(
  operation: string,
  input: Readonly<Record<string, unknown>> = {},
  more: Partial<StepRecord> = {},
): StepRecord {
  return {
    key: operation,
    do: operation,
    status: 'succeeded',
    startedAt: '2026-11-30T12:00:00.000Z',
    callId,
    scope: 'steps',
    eventsAtStart: 0,
    request: { operation, input },
    ...more,
  };
}

test.each([
  ['createCall', {}, {}, { operation: 'hangUp', input: { callId, forEveryone: true } }],
  ['connectCall', {}, {}, { operation: 'hangUp', input: { callId } }],
  [
    'addParticipant',
    { target: customer },
    {},
    { operation: 'removeParticipant', input: { callId, participant: customer } },
  ],
  ['hold', { participant: customer }, {}, { operation: 'unhold', input: { callId, participant: customer } }],
  ['startRecording', {}, { recordingId: 'r' }, { operation: 'stopRecording', input: { recordingId: 'r' } }],
  ['startRecording', {}, {}, undefined],
  ['play', {}, {}, undefined],
  ['hangUp', {}, {}, undefined],
])('%s with %o and result %o is undone by %o', (operation, input, result, request) => {
  expect(undoRequest(did(operation, input, { result }), 'afterSuccess')).toEqual(request);
});

test('an invitation can be canceled once ACS has named it', () => {
  const add = did('addParticipant', { target: customer }, { status: 'running' });
  expect(undoRequest(add, 'whileOpen')).toBeUndefined();
  expect(undoRequest({ ...add, result: { invitationId: 'i' } }, 'whileOpen')).toEqual({
    operation: 'cancelAddParticipant',
    input: { callId, invitationId: 'i' },
  });
});

test('the input of a step is kept where it is undone or undoes', () => {
  const kept = others.filter(({ name }) => keepsInput(name)).map(({ name }) => name);
  expect(kept).toEqual(expect.arrayContaining(['createCall', 'play', 'hold', 'unhold', 'hangUp', 'stopRecording']));
  expect(kept).not.toContain('sendDtmfTones');
  expect(keepsInput('wait')).toBe(false);
});

test('a request is needless when its effect was reached, and was not reversed since', () => {
  const unhold = { operation: 'unhold', input: { participant: customer } };
  const held = did('hold', { participant: customer });
  const unheld = did('unhold', { participant: customer });
  expect(isNeedless(unhold, [held], callId)).toBe(false);
  expect(isNeedless(unhold, [held, unheld], callId)).toBe(true);
  expect(isNeedless(unhold, [held, unheld, held], callId)).toBe(false);
  expect(isNeedless({ operation: 'play', input: {} }, [did('play')], callId)).toBe(false);
});

test('two requests have the same effect when they act on the same, however that is spelled', () => {
  const request = { operation: 'removeParticipant', input: { callId, participant: customer } };
  const isUndoneBy = (input: Readonly<Record<string, unknown>>) =>
    isUndone(request, [did('removeParticipant', input)], callId);
  expect(isUndoneBy({ participant: `4:${customer}` })).toBe(true);
  expect(isUndoneBy({ participant: customer, context: 'of another request' })).toBe(true);
  expect(isUndoneBy({ participant: customer, callId: callId.toUpperCase() })).toBe(true);
  expect(isUndoneBy({ participant: '+14255550124' })).toBe(false);
  expect(isUndoneBy({ participant: 7 })).toBe(false);
  expect(isUndone({ operation: 'hangUp', input: { forEveryone: true } }, [did('hangUp')], callId)).toBe(true);
});
