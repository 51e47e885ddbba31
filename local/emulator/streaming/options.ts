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

export const summarizationOptions = z.object({
  enableEndCallSummary: z.boolean().optional(),
  locale: locale.optional(),
});

/** Since 2025-08-15-preview. They are checked and have no effect here: what the service does with them is not described. */
export const intelligence = {
  piiRedactionOptions: z
    .object({ enable: z.boolean().optional(), redactionType: anyCase(['maskWithCharacter']).optional() })
    .optional(),
  enableSentimentAnalysis: z.boolean().optional(),
  summarizationOptions: summarizationOptions.optional(),
};

/** Languages to identify, since 2025-08-15-preview; the transcription has the first. */
export const locales = z.array(locale).min(1).optional();

const transcription = z.object({
  transportType,
  ...intelligence,
  locale: locale.optional(),
  locales,
  transportUrl,
  startTranscription: z.boolean().optional(),
  enableIntermediateResults: z.boolean().optional(),
  speechModelEndpointId: z.string().optional(),
});

export const transcriptionOptions = transcription.transform(({ locales: several, ...options }, context) => {
  const first = options.locale ?? several?.[0];
  if (first === undefined) {
    context.addIssue('needs a locale, or locales');
  }
  return { ...options, locale: first ?? '' };
});

export type MediaStreamingOptions = z.output<typeof mediaStreamingOptions>;
export type TranscriptionOptions = z.output<typeof transcriptionOptions>;
