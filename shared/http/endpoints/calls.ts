/** Calls, as the ledger has them and as ACS has them now. */
import * as z from 'zod';
import { type CallRecord, callSchema, callStatuses, toCall } from '../../calls/call.ts';
import { timelineEntrySchema } from '../../calls/timeline.ts';
import { AppError } from '../../errors.ts';
import { findCallOrIncoming, findLiveCall } from '../../ledger/reads/live.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { pageOfCalls } from '../page-of-calls.ts';

/** What a live read refuses. */
export const liveErrors = ['callNotFound', 'callEnded', 'callNotConnected', 'acsRefused', 'acsUnreachable'] as const;

export const listCalls = defineList({
  name: 'listCalls',
  summary: 'Calls, newest first',
  path: 'calls',
  filters: { status: z.enum(callStatuses).optional() },
  items: callSchema,
  roles: ['Calls.Read'],

  async handle({ ledger }, { filters: { status }, limit, position }) {
    const wanted = (record: CallRecord) => {
      const call = toCall(record);
      return call && (status === undefined || call.status === status) ? call : undefined;
    };
    return pageOfCalls(ledger, 'recent', wanted, limit, position);
  },
});

export const getCall = defineEndpoint({
  name: 'getCall',
  summary: 'A call as the ledger knows it',
  method: 'GET',
  path: 'calls/{callId}',
  success: { status: 200, description: 'The call', schema: callSchema },
  errors: ['callNotFound'],
  roles: ['Calls.Read'],

  async find({ ledger }, { callId }) {
    const stored = await ledger.calls.readCall(callId);
    const call = stored && toCall(stored.record);
    if (!call) {
      throw new AppError('callNotFound', 'No call has this id.');
    }
    return call;
  },

  async handle(_app, { resource }) {
    return { body: resource };
  },
});

export const getTimeline = defineList({
  name: 'getTimeline',
  summary: 'The history of a call: requests, responses of ACS, events and outcomes',
  path: 'calls/{callId}/timeline',
  items: timelineEntrySchema,
  errors: ['callNotFound'],
  roles: ['Calls.Read'],

  // A call that only rang has one too: it says why no rule answered it.
  find: ({ ledger }, { callId }) => findCallOrIncoming(ledger, callId),

  handle: ({ ledger }, { resource, limit, position }) => ledger.calls.readTimeline(resource.callId, limit, position),
});

const propertiesSchema = z
  .looseObject({
    callConnectionId: z.string().optional(),
    callConnectionState: z.string().optional(),
    targets: z.array(z.string()),
  })
  .meta({ id: 'CallProperties' });

export const getProperties = defineEndpoint({
  name: 'getProperties',
  summary: 'The live properties of a call, from ACS',
  method: 'GET',
  path: 'calls/{callId}/properties',
  success: { status: 200, description: "ACS's properties of the call connection", schema: propertiesSchema },
  errors: liveErrors,
  roles: ['Calls.Read'],

  find: ({ ledger }, { callId }) => findLiveCall(ledger, callId),

  async handle(_app, { resource }) {
    return { body: await resource.properties() };
  },
});
