/** The durable app in the host, on a task hub of its own, and the management API as anybody calls it. */

import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type Host, type HostOptions, startHost } from '../../../../local/host/host.ts';
import { type Api, apiAt, eventually } from '../../../support/api.ts';
import { appRoot } from '../support/apps.ts';

export interface DurableHost {
  readonly host: Host;
  readonly api: Api;
  /** Starts an instance and resolves to its id. */
  start(name: string, input?: unknown, id?: string): Promise<string>;
  /** Raises an event and resolves to the status of the answer. */
  raise(id: string, name: string, data?: unknown): Promise<number>;
  /** Waits until an instance has ended; resolves to its status. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into a status of any shape.
  ended(id: string): Promise<any>;
}

function newHub(): string {
  return `h${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

/** Serves `apps/durable` in this process. */
export async function startDurable(options: Partial<HostOptions> = {}, hub = newHub()): Promise<DurableHost> {
  const settings = { AzureWebJobsStorage: inject('storage'), TASK_HUB: hub, ...options.settings };
  const host = await startHost({ root: appRoot('durable'), log: 'off', ...options, settings });
  return { host, ...durableApi(host.url) };
}

/** The management API of a host. */
function durableApi(url: string): Omit<DurableHost, 'host'> {
  const api = apiAt(`${url}/runtime/webhooks/durabletask`);
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
    async ended(id) {
      const read = () => api('GET', `instances/${id}`);
      return (await eventually(read, ({ status }) => status === 200, 20_000)).body;
    },
  };
}
