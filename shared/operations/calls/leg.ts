/** What create, connect and answer share: the options of the app's media leg, and the connection in ACS's response. */
import type { CallConnectionProperties } from '@azure/communication-call-automation';
import type { CommunicationIdentifier } from '@azure/communication-common';
import * as z from 'zod';
import { fromIdentifier, toPhoneNumber } from '../../acs/wire/identifiers.ts';
import { defined } from '../fields/defined.ts';
import type { mediaOptions } from '../fields/fields.ts';
import type { AcsResponse, Undo } from '../operation.ts';
import { hangUp } from './hang-up.ts';

type MediaOptions = { [Key in keyof typeof mediaOptions]?: z.output<(typeof mediaOptions)[Key]> | undefined };

/** The SDK's options of a leg; the app's own cognitive endpoint is used where the request names none. */
export function legOptions(input: MediaOptions, defaultEndpoint: string | undefined) {
  const endpoint = input.cognitiveServicesEndpoint ?? defaultEndpoint;
  return {
    ...(endpoint !== undefined && { callIntelligenceOptions: { cognitiveServicesEndpoint: endpoint } }),
    ...(input.mediaStreaming && { mediaStreamingOptions: sentOptions(input.mediaStreaming) }),
    ...(input.transcription && { transcriptionOptions: sentOptions(input.transcription) }),
  };
}

/** The options of a stream that ACS takes; starting it again is up to the app. */
function sentOptions<Options extends { readonly restart?: unknown }>({ restart: _, ...options }: Options) {
  return defined(options);
}

/** A call that Switchboard made or answered ends for everyone when it is undone. */
export const endsForEveryone: Undo<unknown> = {
  whileOpen: { by: hangUp, input: () => ({ forEveryone: true }) },
  afterSuccess: { by: hangUp, input: () => ({ forEveryone: true }) },
};

/** The caller that the called party sees. */
export function sourceOf(input: { readonly callerId?: string | undefined; readonly displayName?: string | undefined }) {
  return {
    ...(input.callerId !== undefined && { sourceCallIdNumber: toPhoneNumber(input.callerId) }),
    ...(input.displayName !== undefined && { sourceDisplayName: input.displayName }),
  };
}

/** What the result of such an operation shows: ACS's names of the connection. */
export const connectionResult = z
  .object({ callConnectionId: z.string(), serverCallId: z.string(), correlationId: z.string() })
  .meta({ id: 'Connection' });

/** The response of an operation that makes a connection, in which the app itself has the identity of `application`. That of a created call has no `serverCallId` yet (ACS-R1). */
export function connectionOf(
  { callConnectionId, serverCallId, correlationId }: CallConnectionProperties,
  application?: CommunicationIdentifier,
): AcsResponse {
  const result = defined({ callConnectionId, serverCallId, correlationId });
  return { connection: { ...result, ...(application && { application: fromIdentifier(application) }) }, result };
}
