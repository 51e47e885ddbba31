/** Downloads and deletes recording files at ACS. The SDK hides the headers and the status of a response: a policy keeps both. */
import type { CallAutomationClient } from '@azure/communication-call-automation';
import {
  createDefaultHttpClient,
  type HttpClient,
  type HttpHeaders,
  type PipelinePolicy,
  RestError,
} from '@azure/core-rest-pipeline';

type Bytes = NodeJS.ReadableStream;

/** A file being downloaded: its bytes, and the headers that describe them. */
export interface Content {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly contentType?: string;
  readonly lengthBytes?: number;
  /** Base64, as in `content-md5`. */
  readonly md5?: string;
}

/** The SDK puts the original address of a request for content into this header. */
const addressHeader = 'OriginalUrl';

const headersOf = new WeakMap<Bytes, HttpHeaders>();

/** Keeps the headers of content for `openContent`, and turns a refusal into an error with its status. */
export const recordingContentPolicy: PipelinePolicy = {
  name: 'switchboardRecordingContent',
  async sendRequest(request, next) {
    const response = await next(request);
    if (!request.headers.has(addressHeader)) {
      return response;
    }
    const { status, readableStreamBody, headers } = response;
    if (status !== 200 && status !== 206) {
      throw new RestError(`ACS answered ${status} for a file of a recording.`, { statusCode: status, request });
    }
    if (readableStreamBody) {
      headersOf.set(readableStreamBody, headers);
    }
    return response;
  },
};

/** Opens a file. Throws the RestError of a refusal or of a connection that broke. */
export async function openContent(
  acs: CallAutomationClient,
  location: string,
  abortSignal: AbortSignal,
): Promise<Content> {
  const bytes = await acs.getCallRecording().downloadStreaming(location, { abortSignal });
  const headers = headersOf.get(bytes);
  const [contentType, length, md5] = ['content-type', 'content-length', 'content-md5'].map((name) =>
    headers?.get(name),
  );
  // Of an encoded body the length and the digest are those of the encoding.
  const isPlain = headers?.get('content-encoding') === undefined;
  return {
    bytes: bytes as unknown as AsyncIterable<Uint8Array>,
    ...(contentType !== undefined && { contentType }),
    ...(isPlain && length !== undefined && { lengthBytes: Number(length) }),
    ...(isPlain && md5 !== undefined && { md5 }),
  };
}

/** Deletes a file and its metadata. A 404 counts as success: the file is already gone. */
export async function deleteContent(acs: CallAutomationClient, location: string): Promise<void> {
  try {
    await acs.getCallRecording().delete(location);
  } catch (error) {
    if (!(error instanceof RestError) || error.statusCode !== 404) {
      throw error;
    }
  }
}

/**
 * Requests content from an emulator instead of Microsoft's hosts, to which the SDK restricts itself (ACS-S5). The settings allow
 * it in local mode only.
 */
export function contentFrom(origin: string): HttpClient {
  const client = createDefaultHttpClient();
  return {
    sendRequest(request) {
      if (request.headers.has(addressHeader)) {
        const { pathname, search } = new URL(request.url);
        request.url = `${origin}${pathname}${search}`;
        request.allowInsecureConnection = true;
      }
      return client.sendRequest(request);
    },
  };
}
