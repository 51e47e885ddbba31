/** Pieces of request bodies that several operations share. Unknown fields are accepted, as ACS accepts them. */

import { z } from 'zod';
import { addressProblem } from '../delivery/post.ts';

/** An enum that is read in any case, as ACS reads it. */
export function anyCase<const Value extends string>(values: readonly Value[]) {
  return z.string().transform((written, context): Value => {
    const value = values.find((each) => each.toLowerCase() === written.toLowerCase());
    if (value === undefined) {
      context.addIssue(`must be one of ${values.join(', ')}`);
    }
    return value ?? z.NEVER;
  });
}

/** A callback address; http is allowed here, while the real service takes https only. */
export const callbackUri = z.string().superRefine((uri, context) => {
  const problem = addressProblem(uri);
  if (problem !== undefined) {
    context.addIssue(problem);
  }
});

/** Present in every mid-call request: what comes back with its events, and where they go. */
export const operationReference = {
  operationContext: z.string().optional(),
  operationCallbackUri: callbackUri.optional(),
};

/** Headers for whoever is being called. */
export const customCallingContext = z
  .object({
    voipHeaders: z.record(z.string(), z.string()).optional(),
    sipHeaders: z.record(z.string(), z.string()).optional(),
  })
  .optional();

const mediaStreamingOptions = z
  .object({
    transportType: anyCase(['websocket']),
    audioChannelType: anyCase(['mixed', 'unmixed']),
    contentType: anyCase(['audio']).optional(),
    transportUrl: z.string().optional(),
    startMediaStreaming: z.boolean().optional(),
    enableBidirectional: z.boolean().optional(),
    enableDtmfTones: z.boolean().optional(),
    audioFormat: anyCase(['pcm16KMono', 'pcm24KMono']).optional(),
  })
  .optional();

const transcriptionOptions = z
  .object({
    transportType: anyCase(['websocket']),
    locale: z.string(),
    transportUrl: z.string().optional(),
    startTranscription: z.boolean().optional(),
    enableIntermediateResults: z.boolean().optional(),
    speechModelEndpointId: z.string().optional(),
  })
  .optional();

/** What create, answer and connect have in common. */
export const connectionRequest = {
  callbackUri,
  operationContext: z.string().optional(),
  callIntelligenceOptions: z.object({ cognitiveServicesEndpoint: z.string().optional() }).optional(),
  mediaStreamingOptions,
  transcriptionOptions,
};

/** The answer of most mid-call operations. */
export const operationContextResponse = z.strictObject({ operationContext: z.string().optional() });
