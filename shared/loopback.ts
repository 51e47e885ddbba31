/** Whether a service is on this machine, by its address: what local mode is decided by. */

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  return loopback.test(new URL(url).hostname);
}

/** Whether every service of a connection string is on this machine, also the proxy that a storage emulator may be behind. */
export function isStorageLocal(connectionString: string): boolean {
  const urls = [...connectionString.matchAll(/(?:^|;)(?:\w+Endpoint|DevelopmentStorageProxyUri)=([^;]+)/gi)];
  const isEmulator = /(?:^|;)UseDevelopmentStorage=true(?:;|$)/i.test(connectionString);
  return (isEmulator || urls.length > 0) && urls.every(([, url = '']) => URL.canParse(url) && isLoopback(url));
}
