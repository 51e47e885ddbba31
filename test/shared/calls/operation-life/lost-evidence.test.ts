/** What remains true of a call and of the operation that made it, whichever responses and events are lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../shared/calls/call.ts';
import type { CallEvent } from '../../../../shared/calls/event.ts';
import { settlePresumed, unadvanced } from '../../../../shared/calls/operation-life/advance.ts';
import { applyAndSettle } from '../../../../shared/calls/operation-life/apply-event.ts';
import type { Clock } from '../../../../shared/calls/operation-life/life.ts';
import type { Outcome } from '../../../../shared/calls/operation-life/outcome.ts';
import { type Reading, reconcile } from '../../../../shared/calls/operation-life/reconcile.ts';
import { applyResponse } from '../../../../shared/ledger/commands/apply-response.ts';
import type { Response } from '../../../../shared/ledger/commands/response-finding.ts';
import { operations, settlements } from '../../../../shared/operations/index.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { aCall, afterGrace, anEvent, graceClock } from '../stories.ts';

const id = '00000000-0000-4000-8000-00000000000c';
const all: readonly Operation[] = operations;
const makers = all.filter(({ settles }) => settles.by === 'event' && settles.connects);
const ofNewCall = makers.filter(({ target }) => target === 'newCall');
const connection = { callConnectionId: 'cc-1', correlationId: 'co-1' };
const guest = { participant: '8:acs:a', isMuted: false, isOnHold: false };

const proofs = (context: string): readonly CallEvent[] => [
  anEvent('CallConnected', { operationContext: context }),
  anEvent('ParticipantsUpdated', { sequenceNumber: 1, participants: [guest] }),
  anEvent('PlayStarted', { operationContext: 'of a play' }),
  anEvent('AddParticipantSucceeded', { operationContext: 'of an addition' }),
];

/** A call on its way through inputs, and the outcome of the operation that makes it, once that is final. */
interface Course {
  readonly call: CallRecord;
  readonly outcome?: Outcome | undefined;
}

type Input = (course: Course, operation: Operation) => Course;

const intentOf = ({ name }: Operation) => ({
  operationId: id,
  name,
  callId: aCall().callId,
  fingerprint: '',
  attemptId: 'a',
  createdAt: '2026-01-01T12:00:00.000Z',
  dueAt: '2026-01-01T12:00:30.000Z',
  input: {},
  about: [],
});

const event =
  (raised: CallEvent): Input =>
  ({ call, outcome }) => {
    const advanced = applyAndSettle(call, raised, settlements, graceClock);
    return { call: advanced.call, outcome: outcome ?? advanced.settled[0]?.outcome };
  };

/** ACS's response to the request or to its takeover; one that is stored is never stored again. */
const response =
  (to: Response): Input =>
  ({ call, outcome }, operation) => {
    const state = call.open[id]?.life.state;
    if (outcome || (state !== undefined && state !== 'unconfirmed')) {
      return { call, outcome };
    }
    const applied = applyResponse(call, operation, intentOf(operation), to, graceClock);
    return { call: applied.call, outcome: applied.outcome };
  };

const read =
  (reading: Reading, clock: Clock = graceClock): Input =>
  ({ call, outcome }) => {
    const advanced = reconcile(call, reading, settlements, clock);
    return { call: advanced.call, outcome: outcome ?? advanced.settled[0]?.outcome };
  };

const over: Input = ({ call, outcome }) => {
  const { call: settled, settled: all } = settlePresumed(unadvanced(call), settlements, afterGrace);
  return { call: settled, outcome: outcome ?? all[0]?.outcome };
};

const answered = response({ kind: 'answered', answer: { connection } });
const crashed = response({ kind: 'silence' });
const refused = response({ kind: 'refused', acsCode: 503, acsMessage: 'busy' });
const ended = (subCode: number) => anEvent('CallDisconnected', { result: { code: 200, subCode, message: '' } });

const run = (operation: Operation, inputs: readonly Input[], start: Partial<CallRecord> = {}): Course =>
  [...inputs, over].reduce<Course>((course, input) => input(course, operation), { call: aCall(start) });

const inAnyOrder = <T>(of: readonly T[]) => fc.shuffledSubarray([...of], { minLength: of.length });

test.each(makers)('$name of a call that was connected never fails, whatever was lost and in whatever order', (made) => {
  const some = fc.subarray([...proofs(id)], { minLength: 1 }).map((raised) => raised.map(event));
  const ends = fc.constantFrom(...[5002, 7000, 560000, 560486, 1].map((subCode) => event(ended(subCode))));
  const responses = fc.constantFrom([answered], [crashed], [crashed, answered], [refused], [crashed, refused]);
  const inputs = fc
    .tuple(some, ends, responses)
    .chain(([raised, end, asked]) => inAnyOrder([...raised, end, ...asked]));
  fc.assert(
    fc.property(inputs, (ordered) => {
      const { call, outcome } = run(made, ordered);
      expect(call).toMatchObject({ status: 'disconnected', connectedAt: expect.any(String) });
      // A refusal that was stored and published before an event came is final; nothing else is.
      const isRefused = outcome?.error?.code === 'acsRefused';
      expect(isRefused ? 'refused' : outcome?.status).toBe(
        isRefused && ordered.includes(refused) ? 'refused' : 'succeeded',
      );
    }),
  );
});

test.each(makers)('$name ends the same for a call that was taken for unknown before its events came', (made) => {
  const raised = [...proofs(id), ended(7000)];
  const known = run(made, [answered, ...raised.map(event)]).call;
  const lost = [crashed, read({ state: 'unknown' }, { ...graceClock, now: '2026-01-01T12:00:40.000Z' })];
  fc.assert(
    fc.property(inAnyOrder(raised), fc.nat(raised.length - 1), (ordered, kept) => {
      const first = run(made, lost);
      expect(first).toMatchObject({ call: { status: 'unknown' }, outcome: { status: 'indeterminate' } });
      const some = ordered.slice(0, kept + 1);
      const revived = run(made, [...lost, ...some.map(event)]);
      expect(revived.call.status).toBe(
        some.some(({ kind }) => kind === 'CallDisconnected') ? known.status : 'connected',
      );
      expect(revived.outcome).toEqual(first.outcome);
      expect(revived.call).toMatchObject(connection);
    }),
  );
});

test.each(makers)(
  '$name of a call that ended without any sign of a connection is not presumed to have failed',
  (made) => {
    expect(run(made, [answered, event(ended(1))])).toMatchObject({
      call: { status: 'disconnected' },
      outcome: { status: 'indeterminate', error: { code: 'outcomeUnknown' } },
    });
    expect(run(made, [answered, read({ state: 'gone' })]).outcome).toMatchObject({ status: 'indeterminate' });
    for (const subCode of [560000, 7015]) {
      expect(run(made, [answered, event(ended(subCode))]).outcome).toMatchObject({ status: 'succeeded' });
    }
    for (const subCode of [5002, 7000, 540487, 560486]) {
      const { outcome } = run(made, [answered, event(ended(subCode))]);
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'callEnded', acsSubCode: subCode } });
    }
  },
);

test.each(ofNewCall)('$name that ACS seemed to refuse has made a call when an event names it', (made) => {
  const [, list] = proofs(id);
  const { call } = run(made, [refused, event(list ?? ended(1))]);
  expect(call).toMatchObject({ status: 'connected', ...connection });
  expect(call).not.toHaveProperty('endedAt');
  expect(run(made, [event(list ?? ended(1)), refused])).toMatchObject({
    call: { status: 'connected' },
    outcome: { status: 'succeeded' },
  });
});
