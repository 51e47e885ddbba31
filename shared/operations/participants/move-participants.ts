/** moveParticipants: move participants from another call of the app into this one. */
import * as z from 'zod';
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { allPresent } from '../../calls/operation-life/participant-evidence.ts';
import { operationInput } from '../fields/fields.ts';
import { participant } from '../fields/people.ts';
import { defineOperation } from '../operation.ts';

export const moveParticipants = defineOperation({
  name: 'moveParticipants',
  summary: 'Move participants from another call into this one',
  method: 'POST',
  path: 'calls/{callId}/participants/move',
  target: 'call',
  input: operationInput({
    participants: z.array(participant).min(1, 'expected at least one participant'),
    fromCallId: z.uuid().toLowerCase(),
  }),
  example: { participants: ['+14255550123'], fromCallId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  settles: {
    by: 'event',
    success: ['MoveParticipantSucceeded'],
    failure: ['MoveParticipantFailed'],
    withinSeconds: 60,
    evidence: allPresent,
    each: true,
  },
  undo: 'none',
  about: ({ participants }) => participants,
  invites: ({ participants }) => ({ role: 'moved', participants }),
  leaves: ({ participants: who, fromCallId: callId }) => ({ who, callId }),
  otherCall: ({ fromCallId }) => fromCallId,

  async send({ acs, input, callConnectionId, otherConnectionId, options }) {
    await acs
      .getCallConnection(callConnectionId)
      .moveParticipants(input.participants.map(toIdentifier), otherConnectionId, options);
    return {};
  },
});
