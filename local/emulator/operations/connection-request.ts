/** The common part of create, answer and connect: the request, and opening the connection that it asks for. */

import * as z from 'zod';
import { endOverdueCalls, openConnection } from '../calls/connection.ts';
import type { Connection, ConnectionTerms, ServerCall } from '../calls/model.ts';
import { callbackUri } from '../http/body-fields.ts';
import type { Resource } from '../resource.ts';
import { mediaStreamingOptions, transcriptionOptions } from '../streaming/options.ts';

export const connectionRequest = {
  callbackUri,
  operationContext: z.string().optional(),
  callIntelligenceOptions: z.object({ cognitiveServicesEndpoint: z.string().optional() }).optional(),
  mediaStreamingOptions: mediaStreamingOptions.optional(),
  transcriptionOptions: transcriptionOptions.optional(),
};

interface Opening {
  readonly call: ServerCall;
  readonly body: z.output<z.ZodObject<typeof connectionRequest>>;
  readonly apiVersion: string;
  /** The terms that differ between create, answer and connect. */
  readonly terms: Omit<ConnectionTerms, 'apiVersion' | keyof typeof connectionRequest>;
  readonly state: 'unknown' | 'connecting';
  /** Another one than that of the call, for a redirected call. */
  readonly correlationId?: string;
}

/** Opens the connection and subscribes it to its streams. */
export function openRequested(resource: Resource, opening: Opening): Connection {
  const { call, body, apiVersion, state, correlationId } = opening;
  const terms = {
    apiVersion,
    callbackUri: body.callbackUri,
    operationContext: body.operationContext,
    cognitiveServicesEndpoint: body.callIntelligenceOptions?.cognitiveServicesEndpoint,
    ...opening.terms,
  };
  const connection = openConnection(resource, call, terms, state, correlationId);
  resource.streams.subscribe(connection, body.mediaStreamingOptions, body.transcriptionOptions);
  endOverdueCalls(resource);
  return connection;
}
