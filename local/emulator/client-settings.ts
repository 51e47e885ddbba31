/** How clients of each language reach the emulator and trust it: a connection string, and variables of the environment. */

import { connectionString } from './connection-string.ts';
import type { Endpoints, Settings } from './environment.ts';

/** What a client of one language needs: nothing of it is in code. */
export interface ClientSettings {
  readonly connectionString: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** By language; undefined when there is no https listener: the SDKs refuse http, or need an option for it. */
export function clientSettings(
  { url, httpsUrl, caFile, bundleFile }: Endpoints,
  { accessKey }: Pick<Settings, 'accessKey'>,
): Readonly<Record<'javascript' | 'python' | 'dotnet', ClientSettings>> | undefined {
  if (httpsUrl === undefined || caFile === undefined || bundleFile === undefined) {
    return undefined;
  }
  const direct = connectionString(httpsUrl, accessKey);
  const bypass = { HTTPS_PROXY: url, NO_PROXY: 'localhost,127.0.0.1' };
  return {
    javascript: {
      // This SDK decides by the endpoint's host whether a download takes the proxy (ACS-S6), so the two names of this
      // machine differ in use: the endpoint is behind the proxy, other services on 127.0.0.1 are not.
      connectionString: connectionString(httpsUrl.replace('//127.0.0.1:', '//localhost:'), accessKey),
      // Node.js trusts the file besides the public authorities; the other two trust nothing but theirs.
      environment: { NODE_EXTRA_CA_CERTS: caFile, HTTPS_PROXY: url, NO_PROXY: '127.0.0.1' },
    },
    python: {
      connectionString: direct,
      environment: { REQUESTS_CA_BUNDLE: bundleFile, SSL_CERT_FILE: bundleFile, ...bypass },
    },
    dotnet: { connectionString: direct, environment: { SSL_CERT_FILE: bundleFile, ...bypass } },
  };
}
