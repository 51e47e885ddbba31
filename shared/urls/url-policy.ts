/**
 * The policy on URLs that requests name, by the URL alone: what Switchboard posts to, and what it has ACS read, connect to
 * or write to. Where Switchboard connects itself, the addresses of the host are checked as well, at each attempt.
 */
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './address.ts';

/** The policy of an app. Without patterns any public host is allowed; only a local app may name its own machine. */
export interface UrlPolicy {
  /** `hooks.contoso.com`, or `*.contoso.com` for every host below it. */
  readonly hosts: readonly string[];
  /** The setting that names those hosts. */
  readonly setting: string;
  readonly isLocal: boolean;
}

/** What a URL is to be: a resource of HTTP, or a WebSocket. */
export type Scheme = 'https' | 'wss';

/** The longest URL that is accepted, in characters. */
export const maxUrlLength = 2048;

const examples: Readonly<Record<Scheme, string>> = {
  https: 'expected a URL such as https://example.com/events',
  wss: 'expected a URL such as wss://example.com/audio',
};

/** The same URL without encryption. */
const plain: Readonly<Record<Scheme, string>> = { https: 'http', wss: 'ws' };

/** Why a URL is not allowed; undefined when it is. */
export function urlError(text: string, policy: UrlPolicy, scheme: Scheme = 'https'): string | undefined {
  if (!URL.canParse(text)) {
    return examples[scheme];
  }
  const url = new URL(text);
  const isOwn = policy.isLocal && isLoopbackHost(url);
  const isPlain = url.protocol === `${plain[scheme]}:`;
  const errors: readonly (readonly [boolean, string])[] = [
    [text.length > maxUrlLength, `expected at most ${maxUrlLength} characters`],
    [!isPlain && url.protocol !== `${scheme}:`, `expected ${scheme}`],
    [isPlain && !isOwn, `expected ${scheme}; ${plain[scheme]} is for this machine, in local development`],
    [url.username !== '' || url.password !== '', 'expected no user or password in it'],
    [!isUnambiguous(text), 'expected a host in ASCII (international names as xn--…), and no spaces or backslashes'],
    [!isOwn && isIP(hostOf(url)) > 0 && !isPublicAddress(hostOf(url)), 'expected a public address'],
    [!isOwn && isPrivateName(hostOf(url)), 'expected a public host'],
    [!isOwn && !isAllowed(hostOf(url), policy.hosts), `the host is not among those that ${policy.setting} allows`],
  ];
  return errors.find(([applies]) => applies)?.[1];
}

/** The host name or address, as a socket takes it. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/**
 * Whether every parser finds the same host. The URL standard repairs backslashes, blanks, missing slashes, and digits and
 * dots of other scripts; the parser of a service that is handed the URL may repair them otherwise.
 */
function isUnambiguous(text: string): boolean {
  return /^[a-z]+:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]|$)/i.test(text) && !/[\s\\\p{Cc}\p{Cs}]/u.test(text);
}

/** This machine by name or address. */
function isLoopbackHost(url: URL): boolean {
  const host = hostOf(url);
  return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
}

/** Names that only a private network resolves: RFC 6761, 6762 and 8375, ICANN's `.internal`, and names without a dot. */
const privateName = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa)$/;

function isPrivateName(host: string): boolean {
  return isIP(host) === 0 && (!host.includes('.') || privateName.test(host));
}

function isAllowed(host: string, patterns: readonly string[]): boolean {
  return (
    patterns.length === 0 ||
    patterns.some((pattern) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern))
  );
}
