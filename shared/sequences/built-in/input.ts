/** The fields that built-in sequences share. */
import * as z from 'zod';
import { phoneNumber } from '../../operations/fields/fields.ts';
import { participant } from '../../operations/fields/people.ts';
import { playSource } from '../../operations/fields/play-source.ts';
import { tone } from '../../operations/fields/tone.ts';
import { longestInvitationSeconds } from '../../operations/participants/add-participant.ts';
import { startRecording } from '../../operations/recordings/start-recording.ts';
import { millisecondsOf } from '../language/definition.ts';
import { duration } from '../language/schema.ts';

/** The call that a sequence works on; a routing rule provides the incoming call. */
export const callId = z
  .uuid()
  .toLowerCase()
  .optional()
  .meta({ description: 'The call; a routing rule provides the incoming one' });

/** The person for whom others are invited. */
export const caller = participant
  .optional()
  .meta({ description: 'The person whom it serves: it ends when they leave the call. By default anyone in the call' });

/** What an invited person hears whose caller has left. */
export const abandonedPrompt = playSource
  .optional()
  .meta({ description: 'Played to a person who has answered when the caller has left, before they are removed' });

/** The caller that an invited person sees. */
export const callingAs = {
  callerId: phoneNumber.optional().meta({ description: 'The caller id; required to call a phone number' }),
  displayName: z.string().max(256).optional().meta({ description: 'The display name of the caller' }),
};

/** How long an invitation rings. */
export const ringFor = duration
  .refine((text) => !(millisecondsOf(text) > longestInvitationSeconds * 1000), {
    message: `at most PT${longestInvitationSeconds}S: ACS ends an invitation then`,
  })
  .meta({ description: 'ISO 8601 duration, at most 180 s', example: 'PT20S' });

/** How often a prompt is played. */
export const attempts = z
  .int()
  .min(1)
  .max(10)
  .default(3)
  .meta({ description: 'How often the prompt is played until it is answered' });

/** Whether digits count that are pressed before the prompt. */
export const typeAhead = z.boolean().default(false).meta({
  description: 'Digits count that are pressed before the prompt or during it, which is then not played to its end',
});

/** The question that a keypad answers. */
export const prompt = playSource.meta({ description: 'The prompt' });

/** A tone that distinguishes a person from a voicemail. */
export const confirmation = z
  .strictObject({ prompt, tone: tone.default('one') })
  .meta({ description: 'The prompt after the answer, and the tone that confirms it: a voicemail presses none' });

/** The settings of a recording. */
export const recording = startRecording.input.prefault({}).meta({ description: 'The input of `startRecording`' });
