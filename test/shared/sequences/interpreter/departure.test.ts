/** Whether the participant of a block left the call, or a step of the sequence made them leave. */
import { expect, test } from 'vitest';
import type { DoStep } from '../../../../shared/sequences/language/definition.ts';
import { statusOf } from '../../../../shared/sequences/runtime/sequence.ts';
import { callId, runIn } from '../world.ts';

const caller = '+14255550123';
const spelled = `4:${caller}`;
const asserted = `4:${caller}_207ffef6-9444-41fb-92ab-20eacaae2768`;
const other = '+14255550124';
const otherCall = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

/** The result of a sequence that serves the caller, who leaves during a step. */
function resultAfter(step: DoStep, status: 'sent' | 'succeeded' | 'failed' = 'sent') {
  const steps = [
    { while: { present: caller }, steps: [{ ...step, onFailure: 'continue' as const }, { wait: 'PT1M' }] },
  ];
  const world = runIn({ steps }, { participants: [caller, other], fates: () => ({ status }) });
  world.advance();
  world.leave(caller);
  return world.state.result;
}

const leaving: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['transferCall', { target: other }],
  ['transferCall', { target: other, transferee: caller }],
  ['transferCall', { target: other, transferee: spelled }],
  ['transferCall', { target: other, callId: callId.toUpperCase() }],
  ['moveParticipants', { callId: otherCall, fromCallId: callId, participants: [other, caller] }],
  ['moveParticipants', { callId: otherCall, fromCallId: callId.toUpperCase(), participants: [spelled] }],
  ['removeParticipant', { participant: spelled }],
  ['removeParticipant', { participant: asserted }],
  ['hangUp', {}],
];

test.each(leaving)('a participant who leaves by %s with %o has not abandoned the block', (name, input) => {
  expect(resultAfter({ do: name, with: input })).toBeUndefined();
});

const staying: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['transferCall', { target: other, transferee: '8:acs:1_2' }],
  ['transferCall', { target: other, callId: otherCall }],
  ['moveParticipants', { callId: otherCall, fromCallId: callId, participants: [other] }],
  ['moveParticipants', { callId, fromCallId: otherCall, participants: [caller] }],
  ['removeParticipant', { participant: other }],
  ['play', { sources: [{ text: 'hello' }] }],
];

test.each(staying)('a participant who leaves beside %s with %o has abandoned the block', (name, input) => {
  expect(resultAfter({ do: name, with: input })).toEqual({ outcome: 'abandoned' });
});

test('a participant who leaves after a transfer that failed has abandoned the block', () => {
  expect(resultAfter({ do: 'transferCall', with: { target: other } }, 'failed')).toEqual({ outcome: 'abandoned' });
});

test('a call whose only other participant was invited is deserted once the caller leaves, however the invited one is spelled', () => {
  const invite: DoStep = { do: 'addParticipant', with: { target: `4:${other}`, callerId: '+14255550100' } };
  const steps = [{ while: { present: 'anyone' }, steps: [invite, { wait: 'PT1M' }] }];
  const world = runIn({ steps }, { participants: [caller, other], fates: () => ({ status: 'sent' }) });
  world.advance();
  expect(statusOf(world.state)).toBe('running');
  world.leave(caller);
  expect(world.state.result).toEqual({ outcome: 'abandoned' });
});
