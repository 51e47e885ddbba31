/** A participant of a call, as ParticipantsUpdated and the live reads list it. */
import * as z from 'zod';
import { participantIdOf } from './participant-id.ts';

export const participantSchema = z
  .object({
    participantId: z.string().meta({ description: 'Id of the participant in the roster of the call' }),
    participant: z.string().meta({ description: 'E.164 number or raw id' }),
    isMuted: z.boolean(),
    isOnHold: z.boolean(),
  })
  .meta({ id: 'Participant' });

type ShownParticipant = Readonly<z.infer<typeof participantSchema>>;

/** A participant as ACS lists it and the call's record keeps it. */
export type Participant = Omit<ShownParticipant, 'participantId'>;

/** The participant resource, with the id that the call has for it. */
export function toParticipant(call: { readonly salt: string }, one: Participant): ShownParticipant {
  return { participantId: participantIdOf(call, one.participant), ...one };
}
