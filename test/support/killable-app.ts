/** An emulator, and the app in a host process that a test kills and starts again on the same port and storage. */
import { freePort } from '../../local/dev/ports.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../local/emulator/index.ts';
import { type Api, apiAt } from './api.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';
import { settingsFor, storageUrl } from './switchboard.ts';

export interface KillableApp {
  readonly emulator: Emulator;
  readonly url: string;
  readonly api: Api;
  /** What the names of its tables and queues begin with. */
  readonly prefix: string;
  /** SIGKILL to the host. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts the host after a kill, with other settings on top if need be. Resolves when it answers. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** Starts both. `settings` come on top of those that name the emulator and the storage. */
export async function startKillableApp(
  settings: Readonly<Record<string, string>> = {},
  options: Partial<EmulatorOptions> = {},
): Promise<KillableApp> {
  const emulator = await startEmulator({ http: 0, https: false, quiet: true, ...options });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const all = { ...(await settingsFor(emulator, emulator.url, storageUrl('Table'), url)), ...settings };
  let host: HostProcess = await startHostProcess(port, all);
  return {
    emulator,
    url,
    api: apiAt(`${url}/api`),
    prefix: all.TABLE_PREFIX,
    kill: () => host.kill(),
    async start(others = {}) {
      host = await startHostProcess(port, { ...all, ...others });
    },
    async close() {
      await host.kill();
      await emulator.close();
    },
  };
}
