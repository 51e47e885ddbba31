/** Whether a host name or socket address is this machine's own. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(localhost|::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
}
