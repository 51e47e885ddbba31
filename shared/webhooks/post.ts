/** Sends one message to one receiver: no redirects, no addresses inside a network, no patience beyond the time-out. */
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
  /** Local development sends to this machine as well. */
  readonly allowsLoopback: boolean;
}

/** What came of it: the receiver's status, or why there is none. */
export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'addressNotPublic' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };

/** The host has an address that messages may not go to. */
class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic';
}

/** Sends it. Every failure on the way is an outcome. */
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

/** Resolves with the head of the answer; its body is read and forgotten, for as long as the signal lets it. */
function answerTo(
  url: URL,
  headers: Post['headers'],
  body: string,
  signal: AbortSignal,
  checked: LookupFunction,
): Promise<IncomingMessage> {
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  const sized = { ...headers, 'content-length': Buffer.byteLength(body) };
  // The socket connects to the very addresses that were checked: a second look-up could answer otherwise.
  const options = { method: 'POST', headers: sized, signal, agent: false, lookup: checked, autoSelectFamily: true };
  return new Promise((resolve, reject) => {
    request(url, options, (answer) => {
      // A body that breaks off changes nothing: the status has been told.
      answer.on('error', () => {}).resume();
      resolve(answer);
    })
      .on('error', reject)
      .end(body);
  });
}

/** Resolves a host, and fails when any of its addresses is one that messages may not go to. */
function checkedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const isRefused = !error && !addresses.every(({ address }) => isAllowed(address));
      callback(isRefused ? new AddressNotPublic('an address of the host is not public') : error, addresses);
    });
  };
}
