/**
 * An app on this machine speaks http, and a dev tunnel in front of it gives it the https and wss addresses that ACS wants.
 * Here the tunnel can be left out: such an address of this machine is reached without TLS when its server speaks none
 * (chosen here; ACS needs TLS).
 */

/** This machine, and what a network of containers calls its own: names without a dot. */
const NEAR = /^(https|wss)(:\/\/(?:[^/?#.:@[\]]+|127(?:\.\d+){3}|\[::1\]|host\.docker\.internal)(?:[:/?#]|$))/i;

/** The address without TLS, when the error says that a near server speaks none; else undefined. */
export function plainAddress(url: string, error: unknown): string | undefined {
  return NEAR.test(url) && isNoTls(error)
    ? url.replace(NEAR, (_, scheme: string, rest: string) => `${/^https$/i.test(scheme) ? 'http' : 'ws'}${rest}`)
    : undefined;
}

/** Whether a server answered the handshake with something else, or ended the connection at it. */
function isNoTls(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = 'code' in error ? String(error.code) : '';
  const isCut = code === 'ECONNRESET' && /before secure TLS connection/.test(error.message);
  return isCut || code === 'EPROTO' || code.startsWith('ERR_SSL_') || isNoTls(error.cause);
}
