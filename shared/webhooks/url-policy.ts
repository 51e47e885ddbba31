/** The policy on the URLs of receivers, by the URL alone. The addresses of its host are checked at each attempt. */
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './address.ts';

/** The policy of an app. Without patterns any public host is allowed; only a local app may send to its own machine. */
export interface UrlPolicy {
  /** `hooks.contoso.com`, or `*.contoso.com` for every host below it. */
  readonly hosts: readonly string[];
  readonly isLocal: boolean;
  /** Signs messages to a `notifyUrl`; without it, none is accepted. */
  readonly notifySecret: string | undefined;
}

/** The longest URL that is accepted, in characters. */
export const maxUrlLength = 2048;

/** Why a URL is not allowed; undefined when it is. */
export function urlError(text: string, policy: UrlPolicy): string | undefined {
  if (!URL.canParse(text)) {
    return 'expected a URL such as https://example.com/events';
  }
  const url = new URL(text);
  const isOwn = policy.isLocal && isLoopbackHost(url);
  const errors: readonly (readonly [boolean, string])[] = [
    [text.length > maxUrlLength, `expected at most ${maxUrlLength} characters`],
    [!['https:', 'http:'].includes(url.protocol), 'expected https'],
    [url.protocol === 'http:' && !isOwn, 'expected https; http is for this machine, in local development'],
    [url.username !== '' || url.password !== '', 'expected no user or password in it; messages are signed instead'],
    [!isOwn && isIP(hostOf(url)) > 0 && !isPublicAddress(hostOf(url)), 'expected a public address'],
    [!isOwn && isLoopbackHost(url), 'expected a public host'],
    [!isOwn && !isAllowed(hostOf(url), policy.hosts), 'the host is not among those that NOTIFY_HOSTS allows'],
  ];
  return errors.find(([applies]) => applies)?.[1];
}

/** Why a `notifyUrl` is not allowed: by its URL, or because the app has no secret to sign with. */
export function notifyUrlError(text: string, policy: UrlPolicy): string | undefined {
  return policy.notifySecret === undefined ? 'the app has no NOTIFY_SECRET to sign with' : urlError(text, policy);
}

/** The host name or address, as a socket takes it. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** This machine by name or address. */
function isLoopbackHost(url: URL): boolean {
  const host = hostOf(url);
  return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
}

function isAllowed(host: string, patterns: readonly string[]): boolean {
  return (
    patterns.length === 0 ||
    patterns.some((pattern) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern))
  );
}
