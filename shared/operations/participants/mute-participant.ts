/** muteParticipant: mute a user. ACS has no unmute, and does not mute phone numbers. */
import { isTelephone, toIdentifier } from '../../acs/wire/identifiers.ts';
import { allMuted } from '../../calls/operation-life/participant-evidence.ts';
import { operationInput } from '../fields/fields.ts';
import { participant } from '../fields/people.ts';
import { defineOperation } from '../operation.ts';

export const muteParticipant = defineOperation({
  name: 'muteParticipant',
  summary: 'Mute a user; phone numbers cannot be muted',
  method: 'POST',
  path: 'calls/{callId}/participants/mute',
  byParticipantId: {
    method: 'POST',
    path: 'calls/{callId}/participants/{participantId}/mute',
    input: operationInput({}),
  },
  target: 'call',
  input: operationInput({
    participant: participant.refine((one) => !isTelephone(one), 'ACS mutes users only, not phone numbers'),
  }),
  example: { participant: '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101' },
  // No event names the mute: the participant list shows it.
  settles: { by: 'participants', evidence: allMuted, withinSeconds: 15 },
  undo: 'none',
  about: (input) => [input.participant],

  async send({ acs, input, callConnectionId, options }) {
    await acs.getCallConnection(callConnectionId).muteParticipant(toIdentifier(input.participant), options);
    return {};
  },
});
