/** The whole product on free ports, for tests through the front door: emulator, storage, and the app in a host. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { freePort } from '../../local/dev/ports.ts';
import { subscribeAt } from '../../local/dev/subscriptions.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../local/emulator/index.ts';
import { type Api, apiAt } from './api.ts';
import { startHostUnderTest } from './host-under-test.ts';
import { type MediaSocket, startMediaSocket } from './media-socket.ts';
import { type PassThrough, startProxy } from './proxy.ts';
import { boardAt } from './running-board.ts';
import { hostKey, runningApp } from './target.ts';

/** An emulator wherever it runs. */
type EmulatorAt = Pick<Emulator, 'url' | 'connectionString' | 'control'>;

export interface Switchboard {
  readonly api: Api;
  readonly url: string;
  readonly emulator: EmulatorAt;
  /** In front of Table Storage, of Queue Storage, and in front of ACS. */
  readonly storage: PassThrough;
  readonly queues: PassThrough;
  readonly acs: PassThrough;
  /** Where calls of the tests stream their media to. */
  readonly socket: MediaSocket;
  close(): Promise<void>;
}

/**
 * Starts everything, unless the app runs already. The embedded host loads the app into this process, so a test file starts one switchboard. `log` takes
 * what the host logs, line by line.
 */
export async function startSwitchboard(
  own: Readonly<Record<string, string>> = {},
  emulatorOptions: Partial<EmulatorOptions> = {},
  log?: (line: string) => void,
): Promise<Switchboard> {
  if (runningApp) {
    return boardAt(runningApp, own);
  }
  const emulator = await startEmulator({ http: 0, https: false, quiet: true, ...emulatorOptions });
  const acs = await startProxy(emulator.url);
  const storage = await startProxy(storageUrl('Table'));
  const queues = await startProxy(storageUrl('Queue'));
  const socket = await startMediaSocket();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...(await settingsFor(emulator, acs.url, storage.url, url, { queuesAt: queues.url })),
    ...own,
  };
  // What the host itself keeps in tables is no business of the tests.
  storage.only = settings.TABLE_PREFIX;
  const host = await startHostUnderTest(port, settings, log);
  await subscribe(emulator, url, settings.TABLE_PREFIX, own.EVENT_GRID_CALL_EVENTS === 'true');
  return {
    api: apiAt(`${url}/api`),
    url,
    emulator,
    storage,
    queues,
    acs,
    socket,
    async close() {
      await host.close();
      await Promise.all([emulator.close(), acs.close(), storage.close(), queues.close(), socket.close()]);
    },
  };
}

/** The app's settings for an emulator and a storage; each of its services may be behind proxies. */
export async function settingsFor(
  emulator: EmulatorAt,
  acsUrl: string,
  tablesAt: string,
  publicUrl: string,
  { blobsAt = storageUrl('Blob'), queuesAt = storageUrl('Queue') } = {},
) {
  const emulated = (await emulator.control.get('settings')) as { issuer: string; jwksUrl: string; audience: string };
  const id = randomUUID().replaceAll('-', '').slice(0, 16);
  return {
    ACS_CONNECTION_STRING: emulator.connectionString.replace(/endpoint=[^;]+/, `endpoint=${acsUrl}/`),
    ACS_RESOURCE_ID: emulated.audience,
    ACS_CALLBACK_ISSUER: emulated.issuer,
    ACS_CALLBACK_JWKS_URL: emulated.jwksUrl,
    ACS_RECORDING_ORIGIN: acsUrl,
    PUBLIC_BASE_URL: publicUrl,
    COGNITIVE_SERVICES_ENDPOINT: 'https://cognitive.invalid/',
    // Of local.settings.json the rest counts too; these events, and their log, are for the tests that ask for them.
    EVENT_GRID_CALL_EVENTS: 'false',
    EVENT_LOG_DAYS: '0',
    AzureWebJobsStorage: inject('storage')
      .replace(storageUrl('Table'), tablesAt)
      .replace(storageUrl('Blob'), blobsAt)
      .replace(storageUrl('Queue'), queuesAt),
    TABLE_PREFIX: `t${id}`,
    AzureFunctionsJobHost__extensions__durableTask__hubName: `h${id}`,
    // Hosts of the same id share the locks of their timers, and wait for each other.
    AzureFunctionsWebHost__hostid: `i${id}`,
  };
}

/** Has ACS's events delivered to the app with this TABLE_PREFIX, as in Azure; those of whole calls where it asks for them. */
export async function subscribe(
  emulator: EmulatorAt,
  hostUrl: string,
  prefix: string,
  hasCallEvents = false,
): Promise<void> {
  const [, queuesUrl = ''] = /QueueEndpoint=([^;]+)/.exec(inject('storage')) ?? [];
  await subscribeAt(emulator.url, {
    hostUrl,
    queuesUrl,
    prefix,
    hasCallEvents,
    ...(hostKey !== undefined && { key: hostKey }),
  });
}

/** Where a service of the storage listens. */
export function storageUrl(service: 'Table' | 'Blob' | 'Queue'): string {
  return new RegExp(`${service}Endpoint=(http://[^/]+)`).exec(inject('storage'))?.[1] ?? '';
}
