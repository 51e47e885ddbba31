/** GET …/participants: the participants of the call, page by page. */

import * as z from 'zod';
import { callParticipant, describeParticipant } from '../calls/participant-list.ts';
import { invalidArgument } from '../http/acs-error.ts';
import { liveConnection } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const getParticipants = defineOperation({
  name: 'getParticipants',
  method: 'GET',
  path: '/calling/callConnections/{callConnectionId}/participants',
  status: 200,
  response: z.strictObject({ value: z.array(callParticipant), nextLink: z.url().optional() }),

  run(context) {
    const { query, origin, apiVersion, resource } = context;
    const { participantsPageSize: pageSize } = resource.settings;
    const connection = liveConnection(context);
    const skip = Number(query.get('skip') ?? '0');
    if (!Number.isInteger(skip) || skip < 0) {
      throw invalidArgument('skip must be a whole number, 0 or more.');
    }
    const participants = connection.call.participants.values();
    const value = participants.slice(skip, skip + pageSize).map(describeParticipant);
    const next = skip + pageSize;
    const path = `/calling/callConnections/${connection.callConnectionId}/participants`;
    // SDKs follow the link as it stands, so it names the requested host.
    const nextLink = `${origin}${path}?api-version=${encodeURIComponent(apiVersion)}&skip=${next}`;
    return { body: { value, ...(next < participants.length && { nextLink }) }, connection };
  },
});
