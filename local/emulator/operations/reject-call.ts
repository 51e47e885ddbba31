/** POST /calling/callConnections:reject: rejects an IncomingCall. */

import * as z from 'zod';
import { anyCase } from '../http/body-fields.ts';
import { takeIncomingCall } from './incoming-context.ts';
import { defineOperation } from './operation.ts';

export const rejectCall = defineOperation({
  name: 'rejectCall',
  method: 'POST',
  path: '/calling/callConnections:reject',
  status: 204,
  repeatable: 'silently',
  request: z.object({
    incomingCallContext: z.string().min(1),
    callRejectReason: anyCase(['none', 'busy', 'forbidden']).optional(),
  }),

  run({ resource, body }) {
    const { ringing } = takeIncomingCall(resource, body.incomingCallContext);
    resource.clock.schedule(0, () => ringing.failed(body.callRejectReason === 'busy' ? 'busy' : 'declined'));
    return {};
  },
});
