/** Posts one message to one receiver: without redirects, to public addresses only, within a timeout. */
import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from '../urls/address.ts';
import { hostOf } from '../urls/url-policy.ts';

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
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfterSeconds?: number;
      /** The start of its body, unless that is empty. */
      readonly response?: string;
    }
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
    const response = await startOf(answer);
    const retryAfterSeconds = Number(answer.headers['retry-after'] ?? Number.NaN);
    return {
      kind: 'answered',
      status: Number(answer.statusCode),
      ...(Number.isFinite(retryAfterSeconds) && { retryAfterSeconds }),
      ...(response !== '' && { response }),
    };
  } catch (error) {
    if (error instanceof AddressNotPublic) {
      return { kind: 'addressNotPublic' };
    }
    return { kind: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/** The bytes of a body that are kept: receivers usually say there what is wrong. */
const keptBytes = 1024;
/** A slow body delays the end of an attempt by this at most: its status has arrived. */
const bodyMs = 500;

/**
 * The text of the first bytes of a body: what arrives in time and before it breaks off. The rest is drained and discarded
 * until the signal of the request aborts.
 */
function startOf(answer: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const end = () => {
      clearTimeout(timer);
      answer.off('data', take).resume();
      // A character that is cut in half is left out.
      resolve(new TextDecoder().decode(Buffer.concat(chunks).subarray(0, keptBytes), { stream: true }));
    };
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      if (Buffer.concat(chunks).length >= keptBytes) {
        end();
      }
    };
    const timer = setTimeout(end, bodyMs);
    answer.on('data', take).on('end', end).on('error', end);
  });
}

/** Resolves with the headers of the response, whose body is to be read or drained. */
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
