/** The durable app in the host, on a task hub of its own, and the management API as a client calls it. */

import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type Host, type HostOptions, startHost } from '../../../../local/host/host.ts';
import { type Api, apiAt, eventually } from '../../../support/api.ts';
import { appRoot } from '../support/apps.ts';
import { RunningHost } from '../support/command.ts';

/** As the management API shows it. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into a status of any shape.
type Status = any;

/** The management API of a host. */
export interface DurableApi {
  readonly api: Api;
  /** Starts an instance and resolves to its id. */
  start(name: string, input?: unknown, id?: string): Promise<string>;
  /** Raises an event and resolves to the status of the answer. */
  raise(id: string, name: string, data?: unknown): Promise<number>;
  /** Waits until the status of an instance is as wanted; resolves to it. */
  becomes(id: string, wanted: (status: Status) => boolean): Promise<Status>;
  /** Waits until an instance has ended; resolves to its status. */
  ended(id: string): Promise<Status>;
}

export interface DurableHost extends DurableApi {
  readonly host: Host;
}

export function newHub(): string {
  return `h${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

/** Serves `apps/durable` in this process. */
export async function startDurable(options: Partial<HostOptions> = {}, hub = newHub()): Promise<DurableHost> {
  const settings = { AzureWebJobsStorage: inject('storage'), TASK_HUB: hub, ...options.settings };
  const host = await startHost({ root: appRoot('durable'), log: 'off', ...options, settings });
  return { host, ...durableApi(host.url) };
}

/** `apps/durable` in a process of its own, which a test may kill. */
export interface DurableProcess extends DurableApi {
  readonly url: string;
  /** SIGKILL: nothing is finished. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM. */
  stop(): Promise<void>;
}

/** Resolves once the host serves. Its settings are the environment of the test. */
export async function spawnDurable(): Promise<DurableProcess> {
  const running = new RunningHost('--root', appRoot('durable'), '--port', '0');
  const [, url = ''] = await running.printed(/client: .*(http:\/\/[^/]+)\/api/);
  return {
    url,
    ...durableApi(url),
    async kill() {
      running.child.kill('SIGKILL');
      await running.exited;
    },
    stop: () => running.stop(),
  };
}

const endStatuses = ['Completed', 'Failed', 'Terminated'];

/** The management API at a URL, with the system key of the extension if that is asked for. */
export function durableApi(url: string, key?: string): DurableApi {
  const headers = { ...(key !== undefined && { 'x-functions-key': key }) };
  const plain = apiAt(`${url}/runtime/webhooks/durabletask`);
  const api: Api = (method, path, body, more) => plain(method, path, body, { ...headers, ...more });
  const becomes: DurableApi['becomes'] = (id, wanted) =>
    eventually(async () => (await api('GET', `instances/${id}`)).body, wanted);
  return {
    api,
    async start(name, input, id) {
      const path = id === undefined ? name : `${name}/${id}`;
      const { status, body } = await api('POST', `orchestrators/${path}`, JSON.stringify(input));
      if (status !== 202) {
        throw new Error(`Expected 202, not ${status}: ${JSON.stringify(body)}`);
      }
      return body.id;
    },
    async raise(id, name, data = null) {
      return (await api('POST', `instances/${id}/raiseEvent/${name}`, JSON.stringify(data))).status;
    },
    becomes,
    ended: (id) => becomes(id, ({ runtimeStatus }) => endStatuses.includes(runtimeStatus)),
  };
}
