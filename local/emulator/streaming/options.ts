/** The streams that create, answer and connect ask for: the audio of the call, its transcription, or both. */

import * as z from 'zod';
import { anyCase, locale } from '../http/body-fields.ts';
import { transportProblem } from './transport-url.ts';

const transportUrl = z
  .string()
  .superRefine((url, context) => {
    const problem = transportProblem(url);
    if (problem !== undefined) {
      context.addIssue(problem);
    }
  })
  .optional();

/** The only one; requests of the .NET SDK may leave it out. */
const transportType = anyCase(['websocket']).default('websocket');

export const mediaStreamingOptions = z.object({
  transportType,
  audioChannelType: anyCase(['mixed', 'unmixed']),
  contentType: anyCase(['audio']).optional(),
  transportUrl,
  startMediaStreaming: z.boolean().optional(),
  enableBidirectional: z.boolean().optional(),
  enableDtmfTones: z.boolean().optional(),
  audioFormat: anyCase(['pcm16KMono', 'pcm24KMono']).optional(),
});

export const transcriptionOptions = z.object({
  transportType,
  locale,
  transportUrl,
  startTranscription: z.boolean().optional(),
  enableIntermediateResults: z.boolean().optional(),
  speechModelEndpointId: z.string().optional(),
});

export type MediaStreamingOptions = z.output<typeof mediaStreamingOptions>;
export type TranscriptionOptions = z.output<typeof transcriptionOptions>;
