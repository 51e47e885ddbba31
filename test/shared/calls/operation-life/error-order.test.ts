/** The error of an operation does not depend on the order in which ACS's response and events arrive. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import type { CallEvent } from '../../../../shared/calls/event.ts';
import { settlePresumed, unadvanced } from '../../../../shared/calls/operation-life/advance.ts';
import { applyAndSettle } from '../../../../shared/calls/operation-life/apply-event.ts';
import type { Outcome } from '../../../../shared/calls/operation-life/outcome.ts';
import { reasonOfError } from '../../../../shared/calls/reason.ts';
import { applyResponse } from '../../../../shared/ledger/commands/apply-response.ts';
import { operations, settlements } from '../../../../shared/operations/index.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { aCall, afterGrace, anEvent, graceClock } from '../stories.ts';

const operationId = '00000000-0000-4000-8000-00000000000d';
const all: readonly Operation[] = operations;

const failures = all.flatMap((operation) =>
  operation.settles.by === 'event'
    ? operation.settles.failure.map((kind) => ({ operation, name: operation.name, kind }))
    : [],
);

const intentOf = ({ name, example: input }: Operation) => ({
  operationId,
  name,
  callId: aCall().callId,
  fingerprint: '',
  attemptId: 'a',
  createdAt: '2026-01-01T12:00:00.000Z',
  dueAt: '2026-01-01T12:00:30.000Z',
  input,
  about: [],
});

/** How the operation ends when these arrive in this order. */
function outcomeAfter(operation: Operation, inputs: readonly (CallEvent | 'response')[]): Outcome | undefined {
  let call: CallRecord = aCall({
    status: 'connected',
    connectedAt: '2026-01-01T12:00:00.000Z',
    callConnectionId: 'cc-1',
  });
  let outcome: Outcome | undefined;
  for (const input of inputs) {
    if (input === 'response') {
      const answered = { kind: 'answered', answer: {} } as const;
      const applied = applyResponse(call, operation, intentOf(operation), answered, graceClock);
      call = applied.call;
      outcome ??= applied.outcome;
    } else {
      const advanced = applyAndSettle(call, input, settlements, graceClock);
      call = advanced.call;
      outcome ??= advanced.settled[0]?.outcome;
    }
  }
  return outcome ?? settlePresumed(unadvanced(call), settlements, afterGrace).settled[0]?.outcome;
}

test.each(failures)(
  '$name that $kind fails has the error and the reason of that event, in whatever order',
  (failure) => {
    const { operation, kind } = failure;
    const result = { code: 486, subCode: 8539, message: 'Action failed, the participant is busy.' };
    const inputs = [
      'response',
      anEvent(kind, { operationContext: operationId, result }),
      anEvent('CallDisconnected', { result: { code: 200, subCode: 7000, message: 'ended by the app' } }),
      anEvent('ParticipantsUpdated', { sequenceNumber: 1, participants: [] }),
    ] as const;
    const anyOrder = fc.shuffledSubarray([...inputs], { minLength: inputs.length });
    fc.assert(
      fc.property(anyOrder, (shuffled) => {
        const error = outcomeAfter(operation, shuffled)?.error;
        expect(error).toMatchObject({ source: 'acs', acsCode: 486, acsSubCode: 8539, acsMessage: result.message });
        expect(error && reasonOfError(error)).toBe('busy');
      }),
    );
  },
);
