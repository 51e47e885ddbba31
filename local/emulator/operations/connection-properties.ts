/** CallConnectionProperties: a connection as `getCall` and the operations that open one answer it. */

import * as z from 'zod';
import type { Connection } from '../calls/model.ts';
import { identifierModel } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { describeSubscriptions, subscriptionProperties } from '../streaming/subscription.ts';

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

export function describeConnection(
  { streams }: Resource,
  connection: Connection,
): z.input<typeof connectionProperties> {
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
    ...describeSubscriptions(streams.of(connection)),
  };
}
