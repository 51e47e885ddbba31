/** Incoming calls: calls that ring, or rang, at a number of the resource. */
import * as z from 'zod';
import { type CallRecord, incomingCallSchema, incomingCallStatuses, toIncomingCall } from '../../calls/call.ts';
import { AppError } from '../../errors.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { pageOfCalls } from '../page-of-calls.ts';

export const listIncomingCalls = defineList({
  name: 'listIncomingCalls',
  summary: 'Incoming calls, newest first',
  path: 'incoming-calls',
  filters: { status: z.enum(incomingCallStatuses).optional() },
  items: incomingCallSchema,
  roles: ['Calls.Read'],

  async handle({ ledger }, { filters: { status }, limit, position }) {
    const wanted = (record: CallRecord) => {
      const incoming = toIncomingCall(record, ledger.now(), ledger.ringWindowSeconds);
      return incoming && (status === undefined || incoming.status === status) ? incoming : undefined;
    };
    return pageOfCalls(ledger, 'incoming', wanted, limit, position);
  },
});

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
