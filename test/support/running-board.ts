/** A switchboard around an app that runs already: nothing is started, and nothing stands between its parts. */
import { connectionString } from '../../local/emulator/connection-string.ts';
import { controlClient } from '../../local/emulator/control-client.ts';
import { DEFAULT_ACCESS_KEY } from '../../local/emulator/options.ts';
import { apiAt } from './api.ts';
import { startMediaSocket } from './media-socket.ts';
import type { Switchboard } from './switchboard.ts';

/** Settings that tests do without: they are quicker with them, or less disturbed. */
const dispensable = /^(AzureWebJobs\.\w+\.Disabled|SEQUENCE_RECHECK_SECONDS)$/;

/**
 * Resets the emulator, which must deliver events to the app; subscriptions stay. Throws when a test wants what it did not
 * say it needs.
 */
export async function boardAt(
  { url, emulatorUrl }: { readonly url: string; readonly emulatorUrl: string },
  settings: Readonly<Record<string, string>>,
): Promise<Switchboard> {
  const wanted = Object.keys(settings).filter((name) => !dispensable.test(name));
  if (wanted.length > 0) {
    throw new Error(`A running app cannot be given ${wanted.join(', ')}: declare the tests by ownHostOnly.`);
  }
  const emulator = {
    url: emulatorUrl,
    control: controlClient(emulatorUrl),
    connectionString: connectionString(emulatorUrl, DEFAULT_ACCESS_KEY),
  };
  await emulator.control.post('reset');
  const { subscriptions } = (await emulator.control.get('event-grid/subscriptions')) as { subscriptions: unknown[] };
  if (subscriptions.length === 0) {
    throw new Error('The emulator delivers no events to the app: npm run dev -- --no-host subscribes it.');
  }
  const socket = await startMediaSocket();
  return {
    api: apiAt(`${url}/api`),
    url,
    emulator,
    get storage() {
      return noProxy();
    },
    get queues() {
      return noProxy();
    },
    get acs() {
      return noProxy();
    },
    socket,
    close: socket.close,
  };
}

function noProxy(): never {
  throw new Error('Nothing stands between the parts of a running app: declare the tests by ownHostOnly.');
}
