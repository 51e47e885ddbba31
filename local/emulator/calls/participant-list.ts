/** The list of participants in ACS's form, and the event that it has changed. */

import * as z from 'zod';
import { identifierModel } from '../identifiers.ts';
import type { CallContext } from './call-context.ts';
import type { Participant, ServerCall } from './model.ts';

/** CallParticipant. */
export const callParticipant = z.strictObject({
  identifier: identifierModel,
  isMuted: z.boolean(),
  isOnHold: z.boolean().optional(),
});

/** One participant in ACS's form. */
export function describeParticipant({ identifier, isMuted, isOnHold }: Participant): z.input<typeof callParticipant> {
  return { identifier, isMuted, isOnHold };
}

/** Publishes the list as it is now, with the next sequence number. */
export function publishParticipants({ emit }: CallContext, call: ServerCall): void {
  call.sequenceNumber += 1;
  emit('participantsChanged', call);
}
