import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject, it } from 'vitest';
import { RunningHost } from './support/command.ts';

const apps = fileURLToPath(new URL('apps', import.meta.url));

/** `refused` holds the apps that must not start. */
const served = readdirSync(apps).filter((name) => name !== 'refused');

beforeAll(() => {
  const settings = { AzureWebJobsStorage: inject('storage'), ORDERS_QUEUE: 'orders', TASK_HUB: 'AppsOfTests' };
  Object.assign(process.env, settings);
});

it.each(served)('the app %s starts from the command line', async (name) => {
  const host = new RunningHost('--root', `${apps}/${name}`, '--port', '0', '--log', 'json');

  await host.printed(/Functions:\n/);
  await host.stop();

  expect(await host.exited).toBe(0);
});
