/** Two hosts on one storage, and a tap on each connection: to ACS, to storage, and from ACS to the hosts. */
import { freePort } from '../../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../../local/emulator/index.ts';
import { runTimer } from '../../scenarios/recordings.ts';
import { type Api, apiAt } from '../../support/api.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { type MediaSocket, startMediaSocket } from '../../support/media-socket.ts';
import { type PassThrough, startProxy } from '../../support/proxy.ts';
import { settingsFor, storageUrl, subscribe } from '../../support/switchboard.ts';

/** Where something can go wrong. */
export type Place = 'acs' | 'storage' | 'callbacks';

/** Sees each request and each answer at its place; may reject, wait, or replace the answer by a status. */
export type Tap = PassThrough['onPass'];

export interface Stage {
  readonly emulator: Emulator;
  readonly socket: MediaSocket;
  /** Both hosts; the first is the one that is killed. */
  readonly apis: readonly [Api, Api];
  readonly urls: readonly string[];
  readonly taps: Readonly<Record<Place, Set<Tap>>>;
  /** Hands an event to a host as ACS does. */
  readonly callbacksAt: string;
  /** SIGKILL to the first host, which starts again. Resolves when it answers; while that is under way, at once. */
  killFirst(): Promise<void>;
  /** Runs the timers that repair, on the second host. */
  repair(): Promise<void>;
  close(): Promise<void>;
}

const timers = ['housekeeping', 'reconciliation', 'recordingHousekeeping', 'sequenceHousekeeping'] as const;

interface StageOptions {
  /** On top of those of the stage. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Takes each line that a host prints; hosts are counted from 0. */
  readonly onLine?: (host: number, line: string) => void;
}

/** Starts everything. */
export async function startStage(seed: number, { settings: others, onLine }: StageOptions = {}): Promise<Stage> {
  const emulator = await startEmulator({ http: 0, https: false, quiet: true, seed });
  const socket = await startMediaSocket();
  const ports = [await freePort(), await freePort()] as const;
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  let delivered = 0;
  const proxies = {
    acs: await startProxy(emulator.url),
    storage: await startProxy(storageUrl('Table')),
    // As a load balancer: in turn.
    callbacks: await startProxy(() => {
      delivered += 1;
      return urls[delivered % urls.length] ?? '';
    }),
  };
  const taps = { acs: new Set<Tap>(), storage: new Set<Tap>(), callbacks: new Set<Tap>() };
  for (const place of ['acs', 'storage', 'callbacks'] as const) {
    proxies[place].onPass = async (...passing) => {
      for (const tap of [...taps[place]]) {
        const status = await tap(...passing);
        if (typeof status === 'number') {
          return status;
        }
      }
      return undefined;
    };
  }
  const settings = {
    ...(await settingsFor(emulator, proxies.acs.url, proxies.storage.url, proxies.callbacks.url)),
    ACS_TIMEOUT_SECONDS: '2',
    STORAGE_TIMEOUT_SECONDS: '3',
    RING_WINDOW_SECONDS: '100',
    // What a killed host held is hidden for minutes otherwise.
    RECORDING_LOST_SECONDS: '1',
    EMBEDDED_HOST_VISIBILITY_SECONDS: '1',
    ...others,
  };
  proxies.storage.only = settings.TABLE_PREFIX;
  const hosts: HostProcess[] = await Promise.all(
    ports.map((port, host) => startHostProcess(port, settings, (line) => onLine?.(host, line))),
  );
  await subscribe(emulator, proxies.callbacks.url, settings.TABLE_PREFIX);
  const [first, second] = urls.map((url) => apiAt(`${url}/api`));
  let restart: Promise<void> | undefined;

  async function killAndStart(): Promise<void> {
    await hosts[0]?.kill();
    hosts[0] = await startHostProcess(ports[0], settings, (line) => onLine?.(0, line));
  }

  return {
    emulator,
    socket,
    apis: [first as Api, second as Api],
    urls,
    taps,
    callbacksAt: proxies.callbacks.url,
    async killFirst() {
      restart ??= killAndStart().finally(() => {
        restart = undefined;
      });
      await restart;
    },
    async repair() {
      for (const timer of timers) {
        await runTimer({ url: urls[1] ?? '' }, timer);
      }
    },
    async close() {
      await restart;
      await Promise.all(hosts.map((host) => host.kill()));
      await Promise.all([emulator.close(), socket.close(), ...Object.values(proxies).map((proxy) => proxy.close())]);
    },
  };
}
