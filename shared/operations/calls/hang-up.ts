/** hangUp: leave the call, or end it for everyone. */
import * as z from 'zod';
import { defined } from '../fields/defined.ts';
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
  allowedIn: ['connecting', 'connected', 'unknown'],
  waitsForConnection: true,
  // The SDK's hangUp takes no operationContext, so no event names the operation.
  settles: { by: 'callEnd', withinSeconds: 20 },
  undo: 'none',
  leaves: () => ({ who: 'everyone' }),
  satisfiedBy: ['acsNotFound', 'callEnded'],

  async send({ acs, input, callConnectionId, serverCallId, callbackUrl, options }) {
    if (callConnectionId !== '') {
      await acs.getCallConnection(callConnectionId).hangUp(input.forEveryone);
      return {};
    }
    // ACS ends a call by a connection only: when that of the call is not known, one is made to its server call. The first
    // connection ends with the call for everyone. That ACS lets an app connect twice is not documented; chosen here.
    const locator = { kind: 'serverCallLocator', id: serverCallId } as const;
    const { callConnection, callConnectionProperties: joined } = await acs.connectCall(locator, callbackUrl, options);
    await callConnection.hangUp(true);
    return { connection: defined({ callConnectionId: joined.callConnectionId }) };
  },
});
