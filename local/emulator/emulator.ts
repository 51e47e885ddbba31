/** Starts an emulator: keys, listeners, and the resource behind them. */

import { callbackSettings } from './callbacks/discovery.ts';
import { TokenSigner } from './callbacks/token-signer.ts';
import { clientSettings } from './client-settings.ts';
import { createResource } from './composition.ts';
import { connectionString } from './connection-string.ts';
import { type Control, controlClient } from './control-client.ts';
import { Poster } from './delivery/post.ts';
import type { Endpoints } from './environment.ts';
import { Subscriptions } from './event-grid/subscription.ts';
import { type Listener, listen, type Respond } from './http/listener.ts';
import { RECORDING_HOSTS } from './http/proxy.ts';
import {
  checkOptions,
  DEFAULT_ACCESS_KEY,
  DEFAULT_HOST,
  DEFAULT_HTTP_PORT,
  DEFAULT_HTTPS_PORT,
  DEFAULT_PARTICIPANTS_PAGE_SIZE,
  DEFAULT_RECORDING_CHUNK_SECONDS,
  DEFAULT_SEED,
  defaultCacheDirectory,
  type EmulatorOptions,
} from './options.ts';
import { type Resource, stopResource } from './resource.ts';
import { respond } from './respond.ts';
import { type Keys, loadKeys } from './tls/key-store.ts';
import { loadLeaf } from './tls/leaf-store.ts';
import { printers } from './wire-log.ts';

/** A running emulator. */
export interface Emulator {
  readonly url: string;
  readonly httpsUrl?: string;
  readonly connectionString: string;
  readonly httpsConnectionString?: string;
  /** The certificate authority, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile?: string;
  /** What clients of each language need. */
  readonly clients?: NonNullable<ReturnType<typeof clientSettings>>;
  /** What receivers verify callback tokens with. */
  readonly callbacks: ReturnType<typeof callbackSettings>;
  readonly control: Control;
  /** Stops listening, cuts open connections and drops every timer. */
  close(): Promise<void>;
}

/** Starts listening; rejects when an option is wrong or a port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options);
  const keys = await loadKeys(options.cacheDirectory ?? defaultCacheDirectory());
  let endpoints: Endpoints | undefined;
  const resource = buildResource(options, keys, () => {
    if (endpoints === undefined) {
      throw new Error('The emulator is not listening yet.');
    }
    return endpoints;
  });
  const listeners = await openListeners(options, keys, (request) => respond(resource, request));
  endpoints = endpointsOf(options.host, resource.settings.publicUrl, keys, listeners);
  return describe(resource, endpoints, listeners);
}

interface Listeners {
  readonly http: Listener;
  readonly https: Listener | undefined;
}

function buildResource(options: EmulatorOptions, keys: Keys, endpoints: () => Endpoints): Resource {
  const settings = {
    accessKey: options.accessKey ?? DEFAULT_ACCESS_KEY,
    publicUrl: options.publicUrl?.replace(/\/$/, ''),
    noAuth: options.noAuth ?? false,
    seed: options.seed ?? DEFAULT_SEED,
    clock: options.clock ?? ('real' as const),
    recordingChunkSeconds: options.recordingChunkSeconds ?? DEFAULT_RECORDING_CHUNK_SECONDS,
    participantsPageSize: options.participantsPageSize ?? DEFAULT_PARTICIPANTS_PAGE_SIZE,
    onLogEntry: options.quiet === true ? () => undefined : printers[options.log ?? 'text'],
  };
  const tokens = new TokenSigner(keys.signingKey, () => endpoints().publicUrl);
  return createResource({ settings, tokens, endpoints, poster: new Poster(), subscriptions: new Subscriptions() });
}

async function openListeners(options: EmulatorOptions, keys: Keys, answer: Respond): Promise<Listeners> {
  const host = options.host ?? DEFAULT_HOST;
  const https = await openHttps(options, host, keys, answer);
  try {
    const port = options.http ?? DEFAULT_HTTP_PORT;
    return { http: await listen({ host, port, flag: '--http', tunnelsTo: https }, answer), https };
  } catch (error) {
    await https?.close();
    throw error;
  }
}

async function openHttps(
  { https: port = DEFAULT_HTTPS_PORT, publicUrl }: EmulatorOptions,
  host: string,
  keys: Keys,
  answer: Respond,
): Promise<Listener | undefined> {
  if (port === false) {
    return undefined;
  }
  // With the recording hosts in it, SDKs fetch recordings through the proxy, or by a hosts entry.
  const hosts = new Set(['localhost', '127.0.0.1', '::1', host, ...RECORDING_HOSTS]);
  if (publicUrl !== undefined) {
    hosts.add(new URL(publicUrl).hostname);
  }
  return await listen({ host, port, flag: '--https', tls: await loadLeaf(keys, [...hosts]) }, answer);
}

function endpointsOf(
  host = DEFAULT_HOST,
  publicUrl: string | undefined,
  keys: Keys,
  { http, https }: Listeners,
): Endpoints {
  // An address that means "every interface" cannot be asked for; this machine can.
  const name = host === '0.0.0.0' || host === '::' ? DEFAULT_HOST : host.includes(':') ? `[${host}]` : host;
  const url = `http://${name}:${http.port}`;
  return {
    url,
    publicUrl: publicUrl ?? url,
    httpsUrl: https && `https://${name}:${https.port}`,
    caFile: https && keys.caFile,
    bundleFile: https && keys.bundleFile,
  };
}

function describe(resource: Resource, endpoints: Endpoints, { http, https }: Listeners): Emulator {
  const { url, publicUrl, httpsUrl, caFile } = endpoints;
  const { accessKey } = resource.settings;
  const clients = clientSettings(endpoints, resource.settings);
  return {
    url,
    connectionString: connectionString(publicUrl, accessKey),
    ...(httpsUrl && { httpsUrl, httpsConnectionString: connectionString(httpsUrl, accessKey) }),
    ...(caFile && { caFile }),
    ...(clients && { clients }),
    callbacks: callbackSettings(resource),
    control: controlClient(url),
    async close() {
      stopResource(resource);
      resource.poster.close();
      await Promise.all([http.close(), https?.close()]);
    },
  };
}
