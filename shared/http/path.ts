/** The parameters of a route. Hosts differ in whether they decode them. */
import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';
import { pathParameters } from '../operations/operation.ts';
import { isUuid } from '../uuid.ts';

const id = (description: string) => z.string().meta({ description, format: 'uuid' });

/**
 * What each parameter means. An endpoint that does not check the form itself looks up any text, so that an id of another
 * form is not found.
 */
export const pathSchemas: Readonly<Record<string, z.ZodType>> = {
  callId: id('Id of the call'),
  incomingCallId: id('Id of the incoming call'),
  operationId: id('Id of the operation; the Idempotency-Key of its request, if that had one'),
  recordingId: id('Id of the recording'),
  sequenceId: id('Id of the sequence'),
  erasureId: id('Id of the erasure'),
  participantId: z.string().meta({ description: 'Id of the participant in the roster of the call' }),
  ruleId: z.string().meta({ description: 'Name of the routing rule' }),
  webhookId: z.string().meta({ description: 'Name of the webhook' }),
  apiKeyId: z.string().meta({ description: 'Id of the API key' }),
  deliveryId: z.string().meta({ description: 'Id of the delivery' }),
};

/** The values of the parameters of a route, by name. */
export function readPath(request: HttpRequest, path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(pathParameters(path).map((name) => [name, pathParameter(request, name)]));
}

/**
 * A parameter, decoded. A malformed escape is left as it is: nothing has such an id. A UUID comes out in lower case, as
 * Switchboard writes them, in whatever case a client keeps them. Azure gives a streamed request the value of the route
 * under the spelling that a client used for a member of its body or query (`?CALLID=…`), so the name is looked up without
 * regard to case (HttpTriggerAttributeBindingProvider of azure-webjobs-sdk-extensions).
 */
export function pathParameter({ params }: HttpRequest, name: string): string {
  const values = Object.fromEntries(Object.entries(params).map(([spelling, value]) => [spelling.toLowerCase(), value]));
  const parameter = decoded(String(values[name.toLowerCase()]));
  return isUuid(parameter) ? parameter.toLowerCase() : parameter;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
