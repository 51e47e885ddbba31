/** Addresses of recording files: an event is external input, so it does not decide where files are read and deleted. Pure. */

/** Whether ACS itself keeps the file: `hosts` are names, or suffixes with a leading dot. */
export function isOfHosts(location: string, hosts: readonly string[]): boolean {
  const { protocol, hostname, port, username } = new URL(location);
  const isHost = hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host));
  return protocol === 'https:' && port === '' && username === '' && isHost;
}

/** Whether the file is in the folder. An address is compared as it is requested: dots in it are resolved. */
export function isBelow(location: string, folder: string | undefined): boolean {
  return folder !== undefined && new URL(location).href.startsWith(`${new URL(folder).href.replace(/\/+$/, '')}/`);
}
