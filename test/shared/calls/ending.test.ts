import { expect, test } from 'vitest';
import { type CallRecord, toCall } from '../../../shared/calls/call.ts';
import { reasons } from '../../../shared/calls/reason.ts';
import type { RosterFacts } from '../../../shared/calls/roster-facts.ts';
import { aCall } from './stories.ts';

const [joinedAt, connectedAt, leftAt, endedAt] = ['01', '02', '10', '30'].map(
  (seconds) => `2026-01-01T12:00:${seconds}.000Z`,
) as [string, string, string, string];
const [alice, bob] = ['8:acs:alice', '+14255550123'];

const target: RosterFacts = { role: 'target', invitation: { operationId: 'make', at: joinedAt } };
const inCall = (facts: RosterFacts): RosterFacts => ({ ...facts, joinedAt: connectedAt, listed: `1/${connectedAt}` });
const gone = (facts: RosterFacts): RosterFacts => ({ ...inCall(facts), missing: `2/${leftAt}` });
const caller: RosterFacts = { role: 'caller' };

/** A call that has ended; the codes of ACS, if it stated any. */
function ended(over: Partial<CallRecord>, code?: readonly [number, number]): CallRecord {
  const end = code && { acsCode: code[0], acsSubCode: code[1], acsMessage: '' };
  return aCall({ status: 'disconnected', endedAt, ...(end && { end }), ...over });
}

const connected = (roster: CallRecord['roster']) => ({ connectedAt, roster });

/** Circumstances in which the codes are not enough, with how the call ended in them. */
const endings = {
  'the only other party left, which ACS reports by a normal end': [
    ended(connected({ [bob]: inCall(target) }), [200, 0]),
    'calleeLeft callee',
  ],
  'the caller of an incoming call left': [
    ended({ ...connected({ [bob]: inCall(caller) }), direction: 'inbound' }, [200, 5010]),
    'callerLeft caller',
  ],
  'the caller hung up before the app was connected': [
    ended({ roster: { [bob]: caller }, direction: 'inbound', status: 'failed' }, [487, 540487]),
    'callerLeft caller',
  ],
  'a call of the app is canceled before it is answered': [
    ended({ roster: { [bob]: target }, status: 'failed' }, [487, 8542]),
    'canceled unknown',
  ],
  'the only other party left, whom a transfer did not hand over': [
    ended(connected({ [bob]: inCall(target), [alice]: { ...target, role: 'transferred' } }), [200, 0]),
    'calleeLeft callee',
  ],
  'the last of two who left is known': [
    ended(connected({ [alice]: gone(caller), [bob]: inCall({ role: 'added' }) }), [200, 0]),
    'calleeLeft callee',
  ],
  'all left one after the other': [
    ended(
      connected({ [alice]: gone({ role: 'added' }), [bob]: { ...gone(caller), missing: `3/${endedAt}` } }),
      [200, 0],
    ),
    'callerLeft caller',
  ],
  'two were in the call, and either may have ended it': [
    ended(connected({ [alice]: inCall(target), [bob]: inCall(target) }), [200, 0]),
    'unknown unknown',
  ],
  'the app removed the last': [
    ended(connected({ [bob]: { ...inCall(target), removedAt: leftAt } }), [200, 0]),
    'hungUp app',
  ],
  'the app hung up, and the event of the end is lost': [
    ended({ ...connected({ [bob]: inCall(target) }), appReason: 'hungUp' }),
    'hungUp app',
  ],
  'the callee declined while the app hung up': [
    ended({ roster: { [bob]: target }, appReason: 'hungUp', status: 'failed' }, [603, 560603]),
    'declined callee',
  ],
  'the app ended it at a limit of Switchboard': [
    ended({ ...connected({ [bob]: inCall(target) }), appReason: 'limitReached' }, [200, 7000]),
    'limitReached app',
  ],
  'ACS was at a limit': [ended({ roster: { [bob]: target }, status: 'failed' }, [400, 8529]), 'limitReached acs'],
  'the only other party was transferred': [
    ended(connected({ [bob]: inCall(target), [alice]: inCall({ role: 'transferred' }) }), [200, 0]),
    'transferred app',
  ],
  'another than the only party was transferred': [
    ended(connected({ [bob]: inCall(target), [alice]: inCall({ role: 'transferred', transferee: 'x' }) }), [200, 0]),
    'calleeLeft callee',
  ],
  'nothing is known': [ended({}), 'unknown unknown'],
} as const;

test.each(Object.entries(endings))('a call says why it ended when %s', (_, [call, expected]) => {
  const { reason, endedBy } = toCall(call) ?? {};
  expect(`${reason} ${endedBy}`).toBe(expected);
  expect(Object.keys(reasons)).toContain(reason);
});

test('a call that goes on has no reason, and no duration', () => {
  expect(toCall(aCall({ status: 'connected', connectedAt }))).not.toHaveProperty('reason');
  expect(toCall(aCall({ status: 'connected', connectedAt }))).not.toHaveProperty('durationSeconds');
});

test('the duration of a call is the time for which it was connected, never less than none', () => {
  expect(toCall(ended({ connectedAt }))?.durationSeconds).toBe(28);
  expect(toCall(ended({}))?.durationSeconds).toBe(0);
  expect(toCall(ended({ connectedAt: '2026-01-01T13:00:00.000Z' }))?.durationSeconds).toBe(0);
});

/** What a roster says of one person, in a call that has ended or goes on. */
const standings = {
  'is connected': [aCall({ roster: { [bob]: inCall(target) } }), 'connected'],
  'left by themselves': [aCall({ roster: { [bob]: gone(target) } }), 'left calleeLeft'],
  'was invited anew after leaving': [
    aCall({ roster: { [bob]: { ...gone(target), invitation: { operationId: 'again', at: endedAt } } } }),
    'invited',
  ],
  'was in the call to its end': [ended(connected({ [bob]: inCall(target) }), [200, 7000]), 'left hungUp'],
  'stayed when another left': [
    ended(connected({ [bob]: inCall(target), [alice]: gone(target) }), [200, 560000]),
    'left calleeLeft',
  ],
  'was still asked when a connected call ended': [
    ended({ connectedAt, roster: { [bob]: target, [alice]: inCall(target) } }),
    'failed unknown',
  ],
  'was asked by a call that the app withdrew': [
    ended({ roster: { [bob]: target }, appReason: 'hungUp' }, [200, 7000]),
    'canceled canceled',
  ],
  'hung up before the app was connected': [
    ended({ roster: { [bob]: caller }, direction: 'inbound' }, [487, 540487]),
    'canceled callerLeft',
  ],
  'did not answer': [ended({ roster: { [bob]: target } }, [480, 560480]), 'failed noAnswer'],
  'is the only other party of a call that is known to be connected': [
    aCall({ status: 'connected', connectedAt, roster: { [bob]: target } }),
    'connected',
  ],
} as const;

test.each(Object.entries(standings))('the roster says of someone who %s so', (_, [call, expected]) => {
  const entry = toCall(call)?.roster.find(({ participant }) => participant === bob);
  expect([entry?.status, ...(entry?.reason === undefined ? [] : [entry.reason])].join(' ')).toBe(expected);
});

test('the app is in no roster, under none of its identities', () => {
  const roster = { [bob]: caller, '8:acs:app': inCall({ role: 'joined' }), '+14255550100': inCall({ role: 'joined' }) };
  const incoming = { from: bob, to: '+14255550100', context: '', status: 'answered', receivedAt: joinedAt } as const;
  const call = aCall({ roster, incoming, application: '8:acs:app', status: 'connected' });
  expect(toCall(call)?.roster.map(({ participant }) => participant)).toEqual([bob]);
});
