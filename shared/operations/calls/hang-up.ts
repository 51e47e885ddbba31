/** hangUp: leave the call, or end it for everyone. */
import * as z from 'zod';
import { operationInput } from '../fields/fields.ts';
import { defineOperation } from '../operation.ts';

export const hangUp = defineOperation({
  name: 'hangUp',
  summary: 'Leave the call, or end it for everyone; in a 1:1 call both end it',
  method: 'POST',
  path: 'calls/{callId}/hang-up',
  target: 'call',
  input: operationInput({ forEveryone: z.boolean().default(false) }),
  example: { forEveryone: true },
  allowedIn: ['connecting', 'connected'],
  // The SDK's hangUp takes no operationContext, so no event names the operation.
  settles: { by: 'callEnd', withinSeconds: 20 },
  undo: 'none',
  leaves: () => ({ who: 'everyone' }),
  satisfiedBy: ['acsNotFound', 'callEnded'],

  async send({ acs, input, callConnectionId }) {
    await acs.getCallConnection(callConnectionId).hangUp(input.forEveryone);
    return {};
  },
});
