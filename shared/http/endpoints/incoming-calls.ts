/** Incoming calls: calls that ring, or rang, at a number of the resource. */
import { type CallRecord, incomingCallSchema, toIncomingCall } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import type { Period } from '../../storage/postings.ts';
import { facetFilters, orderFilter, pageOfCalls, periodFilters } from '../call-search.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineSearchableList } from '../list-endpoint.ts';

export const [listIncomingCalls, searchIncomingCalls] = defineSearchableList(
  {
    name: 'listIncomingCalls',
    summary: 'Incoming calls by any of their filters, newest first',
    path: 'incoming-calls',
    filters: { ...facetFilters('incomingCalls'), ...periodFilters('receivedAfter', 'receivedBefore'), ...orderFilter },
    items: incomingCallSchema,
    pageId: 'IncomingCallPage',
    roles: ['Calls.Read'],

    async handle({ ledger }, { filters: { receivedAfter, receivedBefore, order, ...filters }, limit, position }) {
      const now = ledger.now();
      const rungOut = new Date(Date.parse(now) - ledger.ringWindowSeconds * 1000).toISOString();
      const period = ringPeriod(filters.status, { after: receivedAfter, before: receivedBefore }, rungOut);
      const wanted = (record: CallRecord) => toIncomingCall(record, now, ledger.ringWindowSeconds);
      return pageOfCalls(ledger, { list: 'incomingCalls', filters, order, period }, wanted, limit, position);
    },
  },
  {
    name: 'searchIncomingCalls',
    summary: 'Incoming calls by the filters of their list, which are in no URL here',
    path: 'incoming-calls/search',
    example: { from: '+14255550123', status: 'answered', limit: 20 },
  },
);

/** The same rows lead to ringing and to stale calls: these are the calls that rang before a time. */
function ringPeriod(status: string | undefined, { after, before }: Period, rungOut: string): Period {
  const justBefore = new Date(Date.parse(rungOut) - 1).toISOString();
  return {
    after: status === 'ringing' && (after === undefined || after < justBefore) ? justBefore : after,
    before: status === 'stale' && (before === undefined || before > rungOut) ? rungOut : before,
  };
}

export const getIncomingCall = defineEndpoint({
  name: 'getIncomingCall',
  summary: 'An incoming call',
  method: 'GET',
  path: 'incoming-calls/{incomingCallId}',
  success: { status: 200, description: 'The incoming call', schema: incomingCallSchema },
  errors: ['incomingCallNotFound'],
  roles: ['Calls.Read'],

  async find({ ledger }, { incomingCallId }) {
    const stored = await ledger.calls.readCall(incomingCallId);
    const incoming = stored && toIncomingCall(stored.record, ledger.now(), ledger.ringWindowSeconds);
    if (!incoming) {
      throw new AppError('incomingCallNotFound', 'No incoming call has this id.');
    }
    return incoming;
  },

  async handle(_app, { resource }) {
    return { body: resource };
  },
});
