/** Names of this machine, as a Host header writes them: what a foreign name sends here comes of a tunnel or of DNS rebinding. */

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** Whether a Host header names this machine by a loopback address or as localhost. */
export function isLoopbackHost(header: string | undefined): boolean {
  return header !== undefined && loopbackHost.test(header);
}
