/** A call, and the first pages of what belongs to it where a client asks for them: one read instead of four. */
import * as z from 'zod';
import type { Invocation } from '../../app.ts';
import { type CallRecord, callSchema } from '../../calls/call.ts';
import { operationSchema } from '../../calls/operation-life/operation-record.ts';
import { recordingSchema } from '../../calls/recording/recording.ts';
import { timelineEntrySchema } from '../../calls/timeline.ts';
import { findStoredCall } from '../../ledger/reads/live.ts';
import { defineEndpoint } from '../endpoint.ts';
import { pageSchema } from '../page.ts';
import { getTimeline, shownCall } from './calls.ts';
import { listOperations } from './operations.ts';
import { listRecordings } from './recordings.ts';

/** What a call may be expanded by: the page that the list of it answers first. */
const expansions = {
  operations: (app: Invocation, { callId }: CallRecord) => listOperations.firstPage(app, {}, undefined, { callId }),
  recordings: (app: Invocation, { callId }: CallRecord) => listRecordings.firstPage(app, {}, undefined, { callId }),
  timeline: (app: Invocation, call: CallRecord) => getTimeline.firstPage(app, { callId: call.callId }, call, {}),
};

const names = ['operations', 'recordings', 'timeline'] as const satisfies readonly (keyof typeof expansions)[];

const expanded = z
  .object({
    operations: pageSchema(operationSchema).optional(),
    recordings: pageSchema(recordingSchema).optional(),
    timeline: pageSchema(timelineEntrySchema).optional(),
  })
  // The members of the call are beside these.
  .meta({ additionalProperties: {} });

export const getCall = defineEndpoint({
  name: 'getCall',
  summary: 'A call as the ledger knows it',
  method: 'GET',
  path: 'calls/{callId}',
  query: {
    expand: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(names)))
      .optional()
      .meta({
        description: `Adds the first page of each: ${names.join(', ')}. Their \`nextCursor\` is for the lists of the call`,
        examples: [names.join(',')],
      }),
  },
  success: { status: 200, description: 'The call', schema: z.intersection(callSchema, expanded) },
  errors: ['callNotFound'],
  roles: ['Calls.Read'],

  find: ({ ledger }, { callId }) => findStoredCall(ledger, callId),

  // Every change of what belongs to a call changes its row, so the row is read and nothing else while it is the same.
  version: ({ etag }, { expand }) => (expand ? { etag } : undefined),

  async handle(app, { resource: { record }, query: { expand = [] } }) {
    const pages = await Promise.all(expand.map(async (name) => [name, await expansions[name](app, record)] as const));
    return { body: { ...shownCall(record), ...Object.fromEntries(pages) } };
  },
});
