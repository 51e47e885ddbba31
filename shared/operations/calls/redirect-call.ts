/** redirectCall: send an incoming call elsewhere without answering it. ACS sends no event for it. */

import { withBodyMembers } from '../../acs/client/request-scope.ts';
import { toWireContext } from '../../acs/wire/custom-context.ts';
import { toInvitee } from '../../acs/wire/identifiers.ts';
import { withIncomingStatus } from '../../calls/call.ts';
import { customContext } from '../fields/custom-context.ts';
import { callerIdNeeded, hasCallerId, operationInput, phoneNumber } from '../fields/fields.ts';
import { callee } from '../fields/people.ts';
import { defineOperation } from '../operation.ts';

export const redirectCall = defineOperation({
  name: 'redirectCall',
  summary: 'Redirect an incoming call to one other user or phone number',
  method: 'POST',
  path: 'incoming-calls/{incomingCallId}/redirect',
  target: 'incomingCall',
  input: operationInput({
    target: callee,
    callerId: phoneNumber.optional(),
    customContext: customContext.optional(),
  }).refine(({ callerId, target }) => hasCallerId(callerId, target), callerIdNeeded),
  example: { target: '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101' },
  settles: { by: 'response' },
  undo: 'none',
  redirects: true,
  accepted: (call) => withIncomingStatus(call, 'redirected'),

  async send({ acs, input, incomingCallContext }) {
    const carried = {
      ...(input.callerId !== undefined && { sourceCallerIdNumber: { value: input.callerId } }),
      ...(input.customContext && { customCallingContext: toWireContext(input.customContext) }),
    };
    const target = { targetParticipant: toInvitee(input.target) };
    await withBodyMembers(carried, () => acs.redirectCall(incomingCallContext, target));
    return {};
  },
});
