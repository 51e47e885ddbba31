/** HTTP requests to an address exactly as the app wrote it. */

import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { plainAddress } from '../tls/plain-address.ts';

/**
 * How long a receiver may take to answer, in wall-clock time: Event Grid's limit; for callbacks not documented, chosen
 * here.
 */
const TIMEOUT_MS = 30_000;

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends JSON to absolute http(s) URLs over keep-alive connections, until it is closed. */
export class Poster {
  readonly #http = new HttpAgent({ keepAlive: true });
  // Node.js rarely trusts development certificates; the emulator sends no secrets.
  readonly #https = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false });

  /** Resolves with the status and the body; rejects when there is no response. A stale connection is replaced. */
  post(url: string, headers: Record<string, string>, body: unknown): Promise<Reply> {
    const payload = Buffer.from(JSON.stringify(body));
    const described = { 'content-type': 'application/json', 'content-length': String(payload.length), ...headers };
    return this.#send('POST', url, described, payload);
  }

  /** The same for OPTIONS, which has no body. */
  options(url: string, headers: Record<string, string>): Promise<Reply> {
    return this.#send('OPTIONS', url, headers, undefined);
  }

  #send(method: string, url: string, headers: Record<string, string>, payload: Buffer | undefined): Promise<Reply> {
    const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(url) ?? [];
    const isTls = scheme.toLowerCase() === 'https';
    const { hostname, port } = new URL(`${scheme}://${authority}`);
    return new Promise((resolve, reject) => {
      const outgoing = (isTls ? httpsRequest : httpRequest)(
        {
          agent: isTls ? this.#https : this.#http,
          method,
          hostname: hostname.replace(/^\[|\]$/g, ''),
          port,
          // Not the path of `new URL`, which would resolve dots and re-encode: the app may compare it byte for byte.
          path: rest.startsWith('/') ? rest : `/${rest}`,
          headers: { host: authority, ...headers },
          timeout: TIMEOUT_MS,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // A receiver closes an idle connection just as it is used again: HTTP clients send such a request over a new one.
        const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET';
        const retryAt = isStale ? url : plainAddress(url, error);
        return retryAt === undefined ? reject(error) : resolve(this.#send(method, retryAt, headers, payload));
      });
      outgoing.end(payload);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

/** Why an address cannot be posted to, or undefined when it can. */
export function addressProblem(url: string): string | undefined {
  const isAddress = /^https?:\/\/(?![/?#])[\x21-\x7e]+$/i.test(url) && URL.canParse(url);
  return isAddress ? undefined : 'must be an absolute http or https URL in ASCII';
}
