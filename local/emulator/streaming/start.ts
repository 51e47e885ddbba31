/** Starting streams: on request, and by themselves when the call connects. */

import type { OperationReference } from '../callbacks/raise.ts';
import type { Connection } from '../calls/connection.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import type { Resource } from '../resource.ts';
import { mediaStreaming } from './media-streaming.ts';
import { Stream } from './stream.ts';
import type { StatusDetails, StreamKind } from './stream-kind.ts';
import { transcription } from './transcription.ts';

interface Failure {
  readonly details: StatusDetails;
  readonly result: ResultInformation;
}

/** Starts at the clock's next turn; with a failure the stream never opens and its Failed event tells why. */
export function startStream(
  resource: Resource,
  connection: Connection,
  kind: StreamKind,
  reference: OperationReference,
  failure?: Failure,
): void {
  const stream = new Stream(resource, connection, kind, reference);
  resource.clock.schedule(0, () =>
    failure === undefined ? stream.open() : stream.fail(failure.details, failure.result),
  );
}

/** What a fault asks for. */
export function failureOf(result: ResultInformation | undefined): Failure | undefined {
  return result && { details: 'unspecifiedError', result };
}

/** 405/8522: the speech service is set when the app takes hold of the call, or never (documented). */
export const NO_COGNITIVE_SERVICES: ResultInformation = {
  code: 405,
  subCode: 8522,
  message: 'Request not allowed when Cognitive Service Configuration not set during call setup.',
};

/** `startMediaStreaming` and `startTranscription`; their events carry the context of create, answer or connect (ours). */
export function startOnConnect(resource: Resource, connection: Connection): void {
  const { subscriptions, terms } = connection;
  const { operationContext, cognitiveServicesEndpoint } = terms;
  if (subscriptions.mediaStreaming !== undefined && terms.mediaStreaming?.startMediaStreaming === true) {
    startStream(resource, connection, mediaStreaming(subscriptions.mediaStreaming), { operationContext });
  }
  if (subscriptions.transcription !== undefined && terms.transcription?.startTranscription === true) {
    const kind = transcription(subscriptions.transcription);
    const lacksSpeech = { details: 'speechServicesConnectionError' as const, result: NO_COGNITIVE_SERVICES };
    const failure = cognitiveServicesEndpoint === undefined ? lacksSpeech : undefined;
    startStream(resource, connection, kind, { operationContext }, failure);
  }
}
