/** rejectCall: reject an incoming call. ACS sends no event for it. */
import * as z from 'zod';
import { withIncomingStatus } from '../../calls/call.ts';
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const rejectCall = defineOperation({
  name: 'rejectCall',
  summary: 'Reject an incoming call',
  method: 'POST',
  path: 'incoming-calls/{incomingCallId}/reject',
  target: 'incomingCall',
  input: operationInput({ reason: z.enum(['none', 'busy', 'forbidden']).default('none') }),
  example: { reason: 'busy' },
  settles: { by: 'response' },
  undo: 'none',
  accepted: (call) => withIncomingStatus(call, 'rejected'),

  async send({ acs, input, incomingCallContext, options }) {
    await acs.rejectCall(incomingCallContext, { ...options, callRejectReason: input.reason });
    return {};
  },
});
