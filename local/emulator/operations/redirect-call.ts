/** POST /calling/callConnections:redirect: redirects an IncomingCall to another target. */

import * as z from 'zod';
import { invalidArgument } from '../http/acs-error.ts';
import { customCallingContext } from '../http/custom-context.ts';
import { callee, phoneNumberIdentifier } from '../identifiers.ts';
import { incomingCallOf } from './incoming-context.ts';
import { checkCallerId } from './mid-call.ts';
import { defineOperation } from './operation.ts';

/**
 * How often one server call can be redirected. ACS documents no limit; chosen here, so that applications which redirect
 * to each other come to an end: more than a call needs, and fewer than the 70 hops of a SIP request.
 */
const MAX_REDIRECTS = 20;

export const redirectCall = defineOperation({
  name: 'redirectCall',
  method: 'POST',
  path: '/calling/callConnections:redirect',
  status: 204,
  repeatable: 'silently',
  // The last two are not in the swagger; the .NET SDK sends them, the JS SDK drops them (ACS-S2).
  request: z.object({
    incomingCallContext: z.string().min(1),
    target: callee,
    customCallingContext,
    sourceCallerIdNumber: phoneNumberIdentifier.optional(),
  }),

  run({ resource, body }) {
    const { target, customCallingContext: customContext, sourceCallerIdNumber: callerId } = body;
    const { ringing, invite } = incomingCallOf(resource, body.incomingCallContext);
    // Without a caller id the caller goes on being displayed: the JS SDK can send none (ACS-S2).
    if (callerId !== undefined) {
      checkCallerId(resource, [target], callerId);
    }
    if (invite.call.redirects >= MAX_REDIRECTS) {
      throw invalidArgument(`The call was redirected ${MAX_REDIRECTS} times, which is the limit of the emulator.`);
    }
    ringing.redirect({ target, customContext, callerId });
    return {};
  },
});
