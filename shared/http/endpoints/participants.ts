/** The participants of a call as ACS has them now, and the digits that one of them pressed. */
import * as z from 'zod';
import { continuousDtmfSchema } from '../../calls/continuous-dtmf.ts';
import { participantSchema } from '../../calls/participant.ts';
import { readContinuousDtmf } from '../../ledger/reads/digits.ts';
import { findCall, findLiveCall, participantIn } from '../../ledger/reads/live.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { pageOf } from '../page.ts';
import { liveErrors } from './calls.ts';

export const listParticipants = defineList({
  name: 'listParticipants',
  summary: 'Who is in a call now, from ACS',
  path: 'calls/{callId}/participants',
  items: participantSchema,
  errors: liveErrors,
  roles: ['Calls.Read'],

  find: ({ ledger }, { callId }) => findLiveCall(ledger, callId),

  async handle(_app, { resource, limit, position }) {
    return pageOf(await resource.participants(), limit, position);
  },
});

export const getParticipant = defineEndpoint({
  name: 'getParticipant',
  summary: 'One participant, from ACS',
  method: 'GET',
  path: 'calls/{callId}/participants/{participantId}',
  success: { status: 200, description: 'The participant', schema: participantSchema },
  errors: [...liveErrors, 'participantNotFound'],
  roles: ['Calls.Read'],

  find: ({ ledger }, { callId }) => findLiveCall(ledger, callId),

  async handle(_app, { resource, path }) {
    return { body: await resource.participant(path.participantId) };
  },
});

export const getContinuousDtmf = defineEndpoint({
  name: 'getContinuousDtmf',
  summary: 'The digits that a participant pressed while continuous DTMF recognition ran',
  method: 'GET',
  path: 'calls/{callId}/media/continuous-dtmf',
  query: { participantId: z.string().meta({ description: 'Id of the participant in the roster of the call' }) },
  success: {
    status: 200,
    description: 'The digits since recognition was last started for the participant',
    schema: continuousDtmfSchema,
  },
  errors: ['callNotFound', 'participantNotFound'],
  roles: ['Calls.Read'],

  find: ({ ledger }, { callId }) => findCall(ledger, callId),

  async handle({ ledger }, { resource, query }) {
    return { body: await readContinuousDtmf(ledger, resource, participantIn(resource, query.participantId)) };
  },
});
