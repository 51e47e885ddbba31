/** The fields that built-in sequences share. */
import * as z from 'zod';
import { phoneNumber } from '../../operations/fields/fields.ts';
import { playSource } from '../../operations/fields/play-source.ts';
import { tone } from '../../operations/fields/tone.ts';
import { startRecording } from '../../operations/recordings/start-recording.ts';
import { duration } from '../language/definition.ts';
import { millisecondsOf } from '../language/limits.ts';

/** The call that a sequence works on; a routing rule gives that of the call it takes. */
export const callId = z
  .uuid()
  .toLowerCase()
  .optional()
  .meta({ description: 'The call; that of the routing rule if one starts it' });

/** As whom somebody is called. */
export const callingAs = {
  callerId: phoneNumber.optional().meta({ description: 'The number they see; needed to call a phone number' }),
  displayName: z.string().max(256).optional().meta({ description: 'The name they see' }),
};

/** ACS ends an invitation by itself after this long (documented). */
export const longestInvitationSeconds = 180;

/** How long somebody is rung. */
export const ringFor = duration
  .refine((text) => !(millisecondsOf(text) > longestInvitationSeconds * 1000), {
    message: `at most PT${longestInvitationSeconds}S: ACS ends an invitation then`,
  })
  .meta({ description: 'ISO 8601 duration, at most 180 s', example: 'PT20S' });

/** How often a question is asked. */
export const attempts = z
  .int()
  .min(1)
  .max(10)
  .default(3)
  .meta({ description: 'How often the prompt is played until something comes of it' });

/** What is played before somebody presses something. */
export const prompt = playSource.meta({ description: 'What they hear' });

/** A tone that tells a person from a voicemail. */
export const confirmation = z
  .strictObject({ prompt, tone: tone.default('one') })
  .meta({ description: 'What whoever answers hears, and presses: a voicemail answers too' });

/** How to record. */
export const recording = startRecording.input.prefault({}).meta({ description: 'The input of `startRecording`' });
