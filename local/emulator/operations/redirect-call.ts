/** POST /calling/callConnections:redirect: redirects an IncomingCall to another target. */

import * as z from 'zod';
import { customCallingContext } from '../http/custom-context.ts';
import { callee, phoneNumberIdentifier } from '../identifiers.ts';
import { ringingContext } from './incoming-context.ts';
import { defineOperation } from './operation.ts';

export const redirectCall = defineOperation({
  name: 'redirectCall',
  method: 'POST',
  path: '/calling/callConnections:redirect',
  status: 204,
  repeatable: 'silently',
  // The last two are not in the swagger; the .NET SDK sends them, the JS SDK drops them.
  request: z.object({
    incomingCallContext: z.string().min(1),
    target: callee,
    customCallingContext,
    sourceCallerIdNumber: phoneNumberIdentifier.optional(),
  }),

  run({ resource, body: { incomingCallContext, target, customCallingContext: headers } }) {
    ringingContext(resource, incomingCallContext).ringing.redirect(target, headers);
    return {};
  },
});
