/** What lies beside the bundle in a deployment: host.json for one backend of Durable Functions, and a package.json. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where Durable Functions keeps its state. */
export const durableBackends = ['storage', 'scheduler'] as const;

export type DurableBackend = (typeof durableBackends)[number];

interface HostJson {
  readonly extensions: { readonly durableTask: Readonly<Record<string, unknown>> };
}

/** Durable Task Scheduler, by the names that Durable Functions has for it; the setting is given by infra/. */
export const schedulerProvider = {
  type: 'azureManaged',
  connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING',
};

/** Throws, with what is expected, when a text names no backend; nothing names Azure Storage. */
export function durableBackend(text: string | undefined): DurableBackend {
  const found = durableBackends.find((one) => one === (text || 'storage'));
  if (found === undefined) {
    throw new Error(`Expected DURABLE_BACKEND to be ${durableBackends.join(' or ')}, not "${text}".`);
  }
  return found;
}

/** Writes both beside the bundle: its folder can then be deployed as it is. */
export async function writeDeployable(root: string, bundle: string, backend: DurableBackend): Promise<void> {
  const [host, { name, version }] = await Promise.all([readJson(root, 'host.json'), readJson(root, 'package.json')]);
  const folder = dirname(join(root, bundle));
  const manifest = { name, version, private: true, type: 'module', main: basename(bundle) };
  await writeJson(folder, 'host.json', hostJsonFor(host as unknown as HostJson, backend));
  await writeJson(folder, 'package.json', manifest);
}

function hostJsonFor(host: HostJson, backend: DurableBackend): HostJson {
  const { extensions } = host;
  const durableTask = { ...extensions.durableTask, storageProvider: schedulerProvider };
  return backend === 'storage' ? host : { ...host, extensions: { ...extensions, durableTask } };
}

async function readJson(folder: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await readFile(join(folder, name), 'utf8'));
}

async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}
