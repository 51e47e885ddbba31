/** A participant of a call, as ParticipantsUpdated and the live reads list it. */
import * as z from 'zod';

export const participantSchema = z.object({
  participant: z.string().meta({ description: 'E.164 number or raw id' }),
  isMuted: z.boolean(),
  isOnHold: z.boolean(),
});

export type Participant = Readonly<z.infer<typeof participantSchema>>;
