/** An app whose settings are missing or wrong fails its load, by an error that names each of them. */
import { globSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import { provideCoreModule } from '../../local/host/app/core-module.ts';
import { AppRegistry } from '../../local/host/app/registry.ts';
import { runHost } from '../local/host/support/command.ts';

/** Wrong in each way: missing, out of form, out of range, and not allowed beside another. */
const wrong = {
  ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9/;accesskey=a2V5',
  ACS_RESOURCE_ID: '',
  PUBLIC_BASE_URL: 'http://contoso.example.com',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'collector',
  RING_WINDOW_SECONDS: 'soon',
  TABLE_PREFIX: '9',
};
const named = [
  'ACS_RESOURCE_ID',
  'PUBLIC_BASE_URL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'RING_WINDOW_SECONDS',
  'TABLE_PREFIX',
];
const counted = `The app cannot start, ${named.length} setting(s) are missing or wrong`;

const registry = new AppRegistry();
beforeAll(() => {
  for (const [name, value] of Object.entries(wrong)) {
    vi.stubEnv(name, value);
  }
  provideCoreModule(registry, () => {});
});

test('the host ends, and says what is wrong', async () => {
  const args = ['--root', '.', '--main', 'functions/*.ts', '--port', '0', '--log', 'off'];
  const { exitCode, stderr } = await runHost(args, wrong);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(counted);
  expect(stderr).not.toContain('Azure would not report this');
  for (const name of named) {
    expect(stderr).toContain(`  Error in ${name}: `);
  }
});

test('one function is registered first, because the worker reports a failed load of no other app', async () => {
  const error: unknown = await import('../../shared/start.ts').catch((thrown: unknown) => thrown);
  expect(String(error)).toContain(counted);
  expect(registry.functions.map(({ name }) => name)).toEqual(['failedStart']);
});

test('no other module of the app does anything when it is imported', async () => {
  const modules = globSync('shared/**/*.ts').filter((path) => path !== 'shared/start.ts');
  expect(modules.length).toBeGreaterThan(100);
  const registered = registry.functions.length;
  for (const path of modules) {
    await import(`../../${path}`);
  }
  expect(registry.functions).toHaveLength(registered);
});
