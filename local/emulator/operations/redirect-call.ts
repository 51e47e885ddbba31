/** POST /calling/callConnections:redirect: sends an IncomingCall on to somebody else. */

import { z } from 'zod';
import { identifier } from '../identifiers.ts';
import { ringingContext } from './incoming-context.ts';
import { defineOperation } from './operation.ts';

export const redirectCall = defineOperation({
  name: 'redirectCall',
  method: 'POST',
  path: '/calling/callConnections:redirect',
  status: 204,
  repeatable: 'silently',
  request: z.object({ incomingCallContext: z.string().min(1), target: identifier }),

  run({ resource, body: { incomingCallContext, target } }) {
    ringingContext(resource, incomingCallContext).ringing.redirect(target);
    return {};
  },
});
