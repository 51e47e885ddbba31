/** The list of participants, as ACS answers and announces it. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { identifierModel } from '../identifiers.ts';
import { listen } from '../recordings/voices.ts';
import type { Resource } from '../resource.ts';
import { SUCCESS } from './result-information.ts';
import type { Participant, ServerCall } from './server-call.ts';

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

/** Sends ParticipantsUpdated, which has no operation context, to every application in the call, and tells its recording. */
export function announceRoster(resource: Resource, call: ServerCall): void {
  listen(call, resource.clock.now());
  call.sequenceNumber += 1;
  const participants = [...call.participants.values()].map(describeParticipant);
  for (const connection of call.connections) {
    if (connection.state !== 'connected') {
      continue;
    }
    const { sequenceNumber } = call;
    raise(resource, connection, 'ParticipantsUpdated', { participants, sequenceNumber, resultInformation: SUCCESS });
  }
}
