/** play: play audio files, spoken text or SSML to all participants or to some. */
import * as z from 'zod';
import { withBodyMembers } from '../../acs/client/request-scope.ts';
import { toIdentifier } from '../../acs/wire/identifiers.ts';
import { operationInput } from '../fields/fields.ts';
import { participant } from '../fields/people.ts';
import { playSource, toPlaySource } from '../fields/play-source.ts';
import { defineOperation } from '../operation.ts';
import { cancelAllMediaOperations } from './cancel-all-media-operations.ts';

const secondsPerDay = 86_400;

export const play = defineOperation({
  name: 'play',
  summary: 'Play audio files, text or SSML to all participants, or to some',
  method: 'POST',
  path: 'calls/{callId}/media/play',
  target: 'call',
  input: operationInput({
    sources: z.array(playSource).min(1, 'expected at least one source').max(50),
    to: z.array(participant).min(1, 'expected a participant, or no `to` for all participants').optional(),
    loop: z.boolean().optional().meta({ description: 'Plays until canceled' }),
    interrupt: z.boolean().optional().meta({ description: 'Cancels what plays or is queued' }),
    interruptHold: z.boolean().optional().meta({ description: 'Replaces the hold music' }),
  }),
  example: { sources: [{ text: 'Welcome. Please hold the line.', locale: 'en-US', voice: 'en-US-NancyNeural' }] },
  result: z.object({ failedPlaySourceIndex: z.int() }),
  settles: {
    by: 'event',
    success: ['PlayCompleted'],
    failure: ['PlayFailed'],
    canceled: ['PlayCanceled'],
    withinSeconds: 3600,
    // The event is documented, its deadline is not: chosen here.
    start: { kind: 'PlayStarted', withinSeconds: 60 },
  },
  // ACS cancels all media of a call at once.
  undo: { whileOpen: { by: cancelAllMediaOperations } },
  onRetry: 'performedAgain',
  lastsSeconds: ({ loop }) => (loop ? secondsPerDay : 0),
  about: ({ to = [] }) => to,
  media: ({ to = [], interrupt }) => ({
    action: to.length > 0 ? 'playTo' : 'playToAll',
    participants: to,
    interrupts: interrupt,
  }),

  async send({ acs, input, callConnectionId, options }) {
    const media = acs.getCallConnection(callConnectionId).getCallMedia();
    const sources = input.sources.map(toPlaySource);
    const playOptions = { ...options, loop: input.loop ?? false };
    // The SDK drops the first for named participants, and the second always.
    const members = {
      ...(input.interrupt !== undefined && { interruptCallMediaOperation: input.interrupt }),
      ...(input.interruptHold !== undefined && { playOptions: { interruptHoldAudio: input.interruptHold } }),
    };
    await withBodyMembers(members, () =>
      input.to ? media.play(sources, input.to.map(toIdentifier), playOptions) : media.playToAll(sources, playOptions),
    );
    return {};
  },
});
