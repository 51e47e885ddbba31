/** Posts one message to one receiver: without redirects, to public addresses only, within a timeout. */
import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './address.ts';
import { hostOf } from './url-policy.ts';

/** What to send where. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutSeconds: number;
  /** In local mode, messages to this machine are allowed. */
  readonly allowsLoopback: boolean;
}

/** The result: the receiver's status, or why there is none. */
export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'addressNotPublic' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };

/** The host resolves to an address that is not allowed. */
class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic';
}

/** Posts the message. Network failures are results, not exceptions. */
export async function post({ url: text, headers, body, timeoutSeconds, allowsLoopback }: Post): Promise<Posted> {
  const url = new URL(text);
  const isAllowed = (address: string) => isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address));
  if (isIP(hostOf(url)) > 0 && !isAllowed(hostOf(url))) {
    return { kind: 'addressNotPublic' };
  }
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const answer = await answerTo(url, headers, body, signal, checkedLookup(isAllowed));
    const retryAfterSeconds = Number(answer.headers['retry-after'] ?? Number.NaN);
    return {
      kind: 'answered',
      status: Number(answer.statusCode),
      ...(Number.isFinite(retryAfterSeconds) && { retryAfterSeconds }),
    };
  } catch (error) {
    if (error instanceof AddressNotPublic) {
      return { kind: 'addressNotPublic' };
    }
    return { kind: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/** Resolves with the headers of the response; its body is drained and discarded until the signal aborts. */
function answerTo(
  url: URL,
  headers: Post['headers'],
  body: string,
  signal: AbortSignal,
  checked: LookupFunction,
): Promise<IncomingMessage> {
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  const sized = { ...headers, 'content-length': Buffer.byteLength(body) };
  // The socket connects to the addresses that were checked: a second lookup could resolve to others (DNS rebinding).
  const options = { method: 'POST', headers: sized, signal, agent: false, lookup: checked, autoSelectFamily: true };
  return new Promise((resolve, reject) => {
    request(url, options, (answer) => {
      // A body that breaks off changes nothing: the status has arrived.
      answer.on('error', () => {}).resume();
      resolve(answer);
    })
      .on('error', reject)
      .end(body);
  });
}

/** Resolves a host, and fails when any of its addresses is not allowed. */
function checkedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const isRefused = !error && !addresses.every(({ address }) => isAllowed(address));
      callback(isRefused ? new AddressNotPublic('an address of the host is not public') : error, addresses);
    });
  };
}
