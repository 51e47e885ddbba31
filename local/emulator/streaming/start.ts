/** The start of streams, on request or when the call connects, and their end with the call. */

import type { OperationReference } from '../callbacks/raise.ts';
import type { Connection } from '../calls/model.ts';
import type { ResultInformation } from '../calls/result-information.ts';
import { mediaStreaming } from './media-streaming.ts';
import { Stream } from './stream.ts';
import type { StreamContext } from './stream-context.ts';
import type { StreamKind } from './stream-kind.ts';
import type { StatusDetails } from './stream-status.ts';
import { transcription } from './transcription.ts';

interface Failure {
  readonly details: StatusDetails;
  readonly result: ResultInformation;
}

/** Starts a stream; with a failure it never opens, and its Failed event has the reason. */
export function startStream(
  context: StreamContext,
  connection: Connection,
  kind: StreamKind,
  reference: OperationReference,
  failure?: Failure,
): void {
  const stream = new Stream(context, connection, kind, reference);
  context.clock.schedule(0, () =>
    failure === undefined ? stream.open() : stream.fail(failure.details, failure.result),
  );
}

/** The failure of an injected fault. */
export function failureOf(result: ResultInformation | undefined): Failure | undefined {
  return result && { details: 'unspecifiedError', result };
}

/** 405/8522: the speech service is set by create, answer or connect, or never (ACS-D12). */
export const NO_COGNITIVE_SERVICES: ResultInformation = {
  code: 405,
  subCode: 8522,
  message: 'Request not allowed when Cognitive Service Configuration not set during call setup.',
};

/**
 * `startMediaStreaming` and `startTranscription`; their events carry the context of create, answer or connect (not
 * documented; chosen here).
 */
export function startOnConnect(context: StreamContext, connection: Connection): void {
  const { mediaStreaming: media, transcription: words } = context.streams.of(connection);
  const { operationContext, cognitiveServicesEndpoint } = connection.terms;
  if (media?.startsOnConnect) {
    startStream(context, connection, mediaStreaming(media), { operationContext });
  }
  if (words?.startsOnConnect) {
    const kind = transcription(words);
    const lacksSpeech = { details: 'speechServicesConnectionError' as const, result: NO_COGNITIVE_SERVICES };
    const failure = cognitiveServicesEndpoint === undefined ? lacksSpeech : undefined;
    startStream(context, connection, kind, { operationContext }, failure);
  }
}

/** Ends the streams of an application that has lost control of its call, without events. */
export function closeStreams({ streams }: StreamContext, connection: Connection): void {
  const { mediaStreaming: media, transcription: words } = streams.of(connection);
  media?.stream?.close();
  words?.stream?.close();
}
