/** Calls, as the ledger has them and as ACS has them now. */
import * as z from 'zod';
import { type Call, type CallRecord, callSchema, toCall } from '../../calls/call.ts';
import { callExportSchema } from '../../calls/export.ts';
import { metadataChangeSchema } from '../../calls/labels.ts';
import { timelineEntrySchema } from '../../calls/timeline.ts';
import { timelineText } from '../../calls/timeline-text.ts';
import { AppError } from '../../errors.ts';
import { changeMetadata } from '../../ledger/change-metadata.ts';
import { readExport } from '../../ledger/reads/export.ts';
import { findCall, findCallOrIncoming, findLiveCall } from '../../ledger/reads/live.ts';
import { facetFilters, orderFilter, pageOfCalls, periodFilters } from '../call-search.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList, defineSearchableList } from '../list-endpoint.ts';

/** What a live read refuses. */
export const liveErrors = ['callNotFound', 'callEnded', 'callNotConnected', 'acsRefused', 'acsUnreachable'] as const;

export const [listCalls, searchCalls] = defineSearchableList(
  {
    name: 'listCalls',
    summary: 'Calls by any of their filters, newest first',
    path: 'calls',
    filters: { ...facetFilters('calls'), ...periodFilters('createdAfter', 'createdBefore'), ...orderFilter },
    items: callSchema,
    pageId: 'CallPage',
    roles: ['Calls.Read'],

    async handle({ ledger }, { filters: { createdAfter, createdBefore, order, ...filters }, limit, position }) {
      const period = { after: createdAfter, before: createdBefore };
      return pageOfCalls(ledger, { list: 'calls', filters, order, period }, toCall, limit, position);
    },
  },
  {
    name: 'searchCalls',
    summary: 'Calls by the filters of their list, which are in no URL here',
    path: 'calls/search',
    example: { participant: '+14255550123', status: 'disconnected', limit: 20 },
  },
);

/** The call resource. Throws the 404 of a call that is not known, or that only rings. */
export function shownCall(record: CallRecord | undefined): Call {
  const call = record && toCall(record);
  if (!call) {
    throw new AppError('callNotFound', 'No call has this id.');
  }
  return call;
}

export const updateCall = defineEndpoint({
  name: 'updateCall',
  summary: 'Merge metadata into those of a call, also after its end; null removes a key',
  method: 'PATCH',
  path: 'calls/{callId}',
  body: z.strictObject({ metadata: metadataChangeSchema }),
  example: { metadata: { ticket: '4711', draft: null } },
  success: { status: 200, description: 'The call', schema: callSchema },
  errors: ['callNotFound'],
  roles: ['Calls.Operate'],

  find: ({ ledger }, { callId }) => findCall(ledger, callId),

  async handle({ ledger }, { path, body }) {
    return { body: shownCall(await changeMetadata(ledger, path.callId, body.metadata)) };
  },
});

export const getTimeline = defineList({
  name: 'getTimeline',
  summary: 'The history of a call: requests, responses of ACS, events and outcomes',
  path: 'calls/{callId}/timeline',
  filters: {
    format: z.enum(['json', 'text']).default('json').meta({ description: '`text`: a sentence for each entry' }),
  },
  items: timelineEntrySchema,
  errors: ['callNotFound'],
  roles: ['Calls.Read'],

  // A call that only rang has one too: it says why no rule answered it.
  find: ({ ledger }, { callId }) => findCallOrIncoming(ledger, callId),

  toText: (entries, { createdAt }) => timelineText(entries, createdAt),

  handle: ({ ledger }, { resource, limit, position }) => ledger.calls.readTimeline(resource.callId, limit, position),
});

export const exportCall = defineEndpoint({
  name: 'exportCall',
  summary: 'A call as one file: requests, responses and events, with people as tokens',
  method: 'GET',
  path: 'calls/{callId}/export',
  success: { status: 200, description: 'The file', schema: callExportSchema },
  errors: ['callNotFound'],
  roles: ['Calls.Read'],

  find: ({ ledger }, { callId }) => findCallOrIncoming(ledger, callId),

  async handle({ ledger }, { resource }) {
    return { body: await readExport(ledger, resource, 'tokens') };
  },
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
