/** Restricts deliveries to public addresses, so that a webhook cannot reach into a private network (SSRF). */
import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Azure's platform address: DNS, health probes and agent settings of virtual machines. */
const azurePlatform = '168.63.129.16';

/** Everything that the internet routes to is in here; what lies outside embeds IPv4 addresses or is local (RFC 4291). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether the internet routes to an address. An IPv4 address in the form of IPv6 is judged as IPv4. */
export function isPublicAddress(text: string): boolean {
  const address = parsed(text);
  if (!address || (address instanceof ipaddr.IPv6 && !address.match(globalUnicast))) {
    return false;
  }
  return address.range() === 'unicast' && address.toString() !== azurePlatform;
}

/** Whether an address is this machine's own. */
export function isLoopbackAddress(text: string): boolean {
  return parsed(text)?.range() === 'loopback';
}

/** ipaddr.js takes `::1.2.3.4` for `::ffff:1.2.3.4`; the URL parser writes IPv6 without dots, and takes no zones. */
function parsed(text: string) {
  const url = `http://${isIPv6(text) ? `[${text}]` : text}`;
  return isIP(text) > 0 && URL.canParse(url) ? ipaddr.process(new URL(url).hostname.replace(/[[\]]/g, '')) : undefined;
}
