import { expect, test } from 'vitest';
import { callLists, haveSameTerms, matches, termFor, termsOf } from '../../../shared/calls/facets.ts';
import { aCall } from './stories.ts';

const app = '8:acs:the-app';
const incoming = {
  from: '+14255550123',
  to: '+14255550100',
  context: 'c',
  status: 'ringing',
  receivedAt: '2026-01-01T12:00:00.000Z',
} as const;

test('of several filters the rows of the most selective are read', () => {
  expect(termFor('calls', { status: 'failed', participant: '+14255550123', direction: 'inbound' })).toEqual({
    list: 'calls',
    facet: 'participant',
    value: '+14255550123',
  });
  expect(termFor('calls', {})).toEqual({ list: 'calls' });
});

test.each(Object.entries(callLists))(
  'a call of %s matches a filter by each of its terms, and by all together',
  (name, list) => {
    const call = aCall({
      direction: 'inbound',
      status: 'disconnected',
      endedAt: '2026-01-01T12:00:00.000Z',
      end: { acsCode: 603, acsSubCode: 560603, acsMessage: '' },
      callConnectionId: 'cc',
      from: incoming.from,
      to: [incoming.to],
      roster: { [incoming.from]: { role: 'caller' }, [incoming.to]: { role: 'joined' }, [app]: { role: 'joined' } },
      application: app,
      context: 'order 7',
      correlationId: 'co',
      serverCallId: 'sc',
      incoming: { ...incoming, status: 'answered' },
    });
    const of = name as keyof typeof callLists;
    const terms = termsOf(call).filter((term) => term.list === of);
    for (const { facet = '', value = '' } of terms) {
      expect([facet, matches(of, { [facet]: value }, call)]).toEqual([facet, true]);
      expect([facet, matches(of, { [facet]: `${value}1` }, call)]).toEqual([facet, facet === '']);
    }
    const named = new Set(terms.map(({ facet }) => facet));
    expect(Object.keys(list.facets).filter((facet) => !named.has(facet))).toEqual([]);
    for (const own of [incoming.to, app]) {
      expect([own, matches(of, { participant: own }, call)]).toEqual([own, of === 'incomingCalls']);
    }
  },
);

test('a call that only rang is an incoming call, and found among the calls by the ids of ACS alone', () => {
  const rejected = aCall({ status: 'ringing', correlationId: 'co', incoming: { ...incoming, status: 'rejected' } });
  const facets = termsOf(rejected).filter(({ list }) => list === 'calls');
  expect(facets.map(({ facet }) => facet)).toEqual(['correlationId']);
  expect(termsOf(rejected)).toContainEqual({ list: 'incomingCalls', facet: 'status', value: 'rejected' });
});

test('a call that rings has the rows of a call already, since it may be answered before the index is written again', () => {
  const ringing = aCall({ status: 'ringing', incoming });
  expect(termsOf(ringing)).toContainEqual({ list: 'calls' });
});

test('a ringing call and a stale one are found in the same rows', () => {
  for (const status of ['ringing', 'stale'] as const) {
    const call = aCall({ status: 'ringing', incoming: { ...incoming, status } });
    expect([
      matches('incomingCalls', { status: 'ringing' }, call),
      matches('incomingCalls', { status: 'stale' }, call),
    ]).toEqual([true, true]);
    expect(termFor('incomingCalls', { status })).toEqual(termFor('incomingCalls', { status: 'ringing' }));
  }
});

test('what a call is not searched by changes none of its terms', () => {
  const call = aCall({ status: 'connected' });
  expect(haveSameTerms(call, { ...call, connectedAt: '2026-01-01T12:00:00.000Z', hasOutbox: true })).toBe(true);
  expect(haveSameTerms(call, { ...call, serverCallId: 's' })).toBe(false);
});
