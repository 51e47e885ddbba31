/** What create, answer and connect have in common. */

import * as z from 'zod';
import { anyCase, callbackUri, locale } from '../http/body-fields.ts';
import { transportProblem } from '../streaming/transport-url.ts';

const transportUrl = z
  .string()
  .superRefine((url, context) => {
    const problem = transportProblem(url);
    if (problem !== undefined) {
      context.addIssue(problem);
    }
  })
  .optional();

const mediaStreamingOptions = z.object({
  transportType: anyCase(['websocket']),
  audioChannelType: anyCase(['mixed', 'unmixed']),
  contentType: anyCase(['audio']).optional(),
  transportUrl,
  startMediaStreaming: z.boolean().optional(),
  enableBidirectional: z.boolean().optional(),
  enableDtmfTones: z.boolean().optional(),
  audioFormat: anyCase(['pcm16KMono', 'pcm24KMono']).optional(),
});

const transcriptionOptions = z.object({
  transportType: anyCase(['websocket']),
  locale,
  transportUrl,
  startTranscription: z.boolean().optional(),
  enableIntermediateResults: z.boolean().optional(),
  speechModelEndpointId: z.string().optional(),
});

export type MediaStreamingOptions = z.output<typeof mediaStreamingOptions>;
export type TranscriptionOptions = z.output<typeof transcriptionOptions>;

export const connectionRequest = {
  callbackUri,
  operationContext: z.string().optional(),
  callIntelligenceOptions: z.object({ cognitiveServicesEndpoint: z.string().optional() }).optional(),
  mediaStreamingOptions: mediaStreamingOptions.optional(),
  transcriptionOptions: transcriptionOptions.optional(),
};

/** The terms of the connection that do not depend on how it comes about. */
export function commonTerms(body: z.output<z.ZodObject<typeof connectionRequest>>, apiVersion: string) {
  const { callbackUri, operationContext, callIntelligenceOptions } = body;
  return {
    apiVersion,
    callbackUri,
    operationContext,
    cognitiveServicesEndpoint: callIntelligenceOptions?.cognitiveServicesEndpoint,
    mediaStreaming: body.mediaStreamingOptions,
    transcription: body.transcriptionOptions,
  };
}
