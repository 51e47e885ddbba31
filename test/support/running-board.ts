/** A switchboard around an app that runs already: nothing is started, and nothing stands between its parts. */
import { type Control, connectionString, controlClient, DEFAULT_ACCESS_KEY } from '../../local/emulator/index.ts';
import { type Api, apiAt } from './api.ts';
import { startMediaSocket } from './media-socket.ts';

/** Settings that tests do without: they are quicker with them, or less disturbed. */
const dispensable = /^(AzureWebJobs\.\w+\.Disabled|SEQUENCE_RECHECK_SECONDS)$/;

/**
 * People behave as they do unless scripted, and nothing goes wrong; the emulator must deliver events to the app. Throws when
 * a test wants what it did not say it needs. What the tests put to the app is deleted at the end.
 */
export async function boardAt(
  { url, emulatorUrl }: { readonly url: string; readonly emulatorUrl: string },
  settings: Readonly<Record<string, string>>,
) {
  const wanted = Object.keys(settings).filter((name) => !dispensable.test(name));
  if (wanted.length > 0) {
    throw new Error(`A running app cannot be given ${wanted.join(', ')}: declare the tests by ownHostOnly.`);
  }
  const emulator = {
    url: emulatorUrl,
    control: controlClient(emulatorUrl),
    connectionString: connectionString(emulatorUrl, DEFAULT_ACCESS_KEY),
  };
  await clearScripts(emulator.control);
  const { subscriptions } = (await emulator.control.get('event-grid/subscriptions')) as { subscriptions: unknown[] };
  if (subscriptions.length === 0) {
    throw new Error('The emulator delivers no events to the app: npm run dev -- --no-host subscribes it.');
  }
  const socket = await startMediaSocket();
  const ask = apiAt(`${url}/api`);
  const written = new Set<string>();
  const api: Api = async (method, path, ...rest) => {
    if (method === 'PUT') {
      written.add(path);
    }
    return ask(method, path, ...rest);
  };
  return {
    api,
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
    async close() {
      for (const path of written) {
        await ask('DELETE', path);
      }
      await socket.close();
    },
  };
}

/** A reset would have the emulator give the ids again that the app knows from earlier files. */
async function clearScripts(control: Control): Promise<void> {
  await control.delete('faults');
  const { parties } = (await control.get('parties')) as { parties: { id: string }[] };
  for (const { id } of parties) {
    await control.delete(`parties/${encodeURIComponent(id)}`);
  }
}

function noProxy(): never {
  throw new Error('Nothing stands between the parts of a running app: declare the tests by ownHostOnly.');
}
