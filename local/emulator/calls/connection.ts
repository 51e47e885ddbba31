/** A call connection: one application's hold on a server call. */

import * as z from 'zod';
import { type Identifier, identifierModel } from '../identifiers.ts';
import type { HoldMusic } from '../media/hold.ts';
import { MediaQueue } from '../media/media-queue.ts';
import type { MediaStreamingOptions, TranscriptionOptions } from '../operations/connection-request.ts';
import type { Resource } from '../resource.ts';
import {
  describeSubscriptions,
  type Subscriptions,
  subscribe,
  subscriptionProperties,
} from '../streaming/subscription.ts';
import { endCall } from './call-end.ts';
import { LASTED_TOO_LONG } from './result-information.ts';
import type { Ringing } from './ringing-phone.ts';
import type { ServerCall } from './server-call.ts';

/** The states of ACS that the emulator uses; answer and connect were recorded to answer `unknown`. */
type ConnectionState = 'unknown' | 'connecting' | 'connected' | 'disconnected';

/** What a request settles for the whole life of its connection. */
export interface ConnectionTerms {
  readonly apiVersion: string;
  readonly callbackUri: string;
  readonly operationContext?: string | undefined;
  readonly cognitiveServicesEndpoint?: string | undefined;
  readonly targets: readonly Identifier[];
  readonly source?: Identifier | undefined;
  readonly sourceCallerId?: Identifier | undefined;
  readonly sourceDisplayName?: string | undefined;
  readonly answeredBy?: Identifier | undefined;
  readonly answeredFor?: Identifier | undefined;
  readonly mediaStreaming?: MediaStreamingOptions | undefined;
  readonly transcription?: TranscriptionOptions | undefined;
}

export interface Connection {
  readonly callConnectionId: string;
  readonly correlationId: string;
  readonly terms: ConnectionTerms;
  /** The pending participants:add, by invitation id. */
  readonly invitations: Map<string, Ringing>;
  /** What the application plays, listens for and sends. */
  readonly media: MediaQueue;
  /** The music of those whom the application holds, by raw id. */
  readonly holdMusic: Map<string, HoldMusic>;
  /** What of the call is streamed to the application, or may be. */
  readonly subscriptions: Subscriptions;
  /** Another one after the connection's participant was moved. */
  call: ServerCall;
  state: ConnectionState;
  endedAtMs: number | undefined;
}

/** A call ends after a day (ours), so that calls which nobody hangs up do not gather. */
const LONGEST_CALL_MS = 24 * 3600 * 1000;

/** Attaches an application to a call, and ends calls that have lasted too long. */
export function openConnection(
  resource: Resource,
  call: ServerCall,
  terms: ConnectionTerms,
  state: 'unknown' | 'connecting',
  correlationId = call.correlationId,
): Connection {
  const callConnectionId = resource.random.guid();
  const invitations = new Map<string, Ringing>();
  const connection: Connection = {
    callConnectionId,
    correlationId,
    terms,
    invitations,
    media: new MediaQueue(),
    holdMusic: new Map(),
    subscriptions: subscribe(resource.random, terms.mediaStreaming, terms.transcription),
    call,
    state,
    endedAtMs: undefined,
  };
  call.connections.add(connection);
  resource.calls.addConnection(connection);
  for (const old of resource.calls.startedBefore(resource.clock.now() - LONGEST_CALL_MS)) {
    endCall(resource, old, LASTED_TOO_LONG);
  }
  return connection;
}

/** CallConnectionProperties, as ACS answers them. */
export const connectionProperties = z.strictObject({
  callConnectionId: z.guid(),
  serverCallId: z.string().optional(),
  targets: z.array(identifierModel),
  callConnectionState: z.enum(['unknown', 'connecting', 'connected', 'disconnected']),
  callbackUri: z.string(),
  sourceCallerIdNumber: z.strictObject({ value: z.string() }).optional(),
  sourceDisplayName: z.string(),
  source: identifierModel.optional(),
  correlationId: z.guid(),
  answeredBy: z.strictObject({ id: z.string() }).optional(),
  answeredFor: z.strictObject({ value: z.string() }).optional(),
  ...subscriptionProperties,
});

/** Describes a connection as `getCall` and the operations that open one answer it. */
export function describeConnection(connection: Connection): z.input<typeof connectionProperties> {
  const { terms, call } = connection;
  const { sourceCallerId, source, answeredBy, answeredFor } = terms;
  return {
    callConnectionId: connection.callConnectionId,
    serverCallId: call.serverCallId,
    targets: [...terms.targets],
    callConnectionState: connection.state,
    callbackUri: terms.callbackUri,
    ...(sourceCallerId?.phoneNumber && { sourceCallerIdNumber: sourceCallerId.phoneNumber }),
    // Recorded as an empty string when the request had none.
    sourceDisplayName: terms.sourceDisplayName ?? '',
    ...(source && { source }),
    correlationId: connection.correlationId,
    ...(answeredBy && { answeredBy: { id: answeredBy.rawId } }),
    ...(answeredFor?.phoneNumber && { answeredFor: answeredFor.phoneNumber }),
    ...describeSubscriptions(connection.subscriptions),
  };
}
