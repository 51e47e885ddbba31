/** The demo on an app that runs already, behind keys: it plays what can be played there, and names the rest. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stories } from '../../../local/demo/stories/index.ts';
import { freePort } from '../../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../../local/emulator/index.ts';
import { type Host, startHost } from '../../../local/host/index.ts';
import { hashOf } from '../../../shared/access/api-key.ts';
import { apiAt } from '../../support/api.ts';
import { settingsFor, storageUrl } from '../../support/switchboard.ts';
import { Command } from '../dev/support/command.ts';

const firstKey = `swb_${'0'.repeat(16)}_${'1'.repeat(64)}`;
let key: string;
let emulator: Emulator;
let host: Host;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
  const port = await freePort();
  const settings = await settingsFor(emulator, emulator.url, storageUrl('Table'), `http://127.0.0.1:${port}`);
  const keys = { AUTH_MODE: 'keys', FIRST_API_KEY_SHA256: hashOf(firstKey) };
  host = await startHost({ root: '.', main: 'functions/*.ts', port, log: 'off', settings: { ...settings, ...keys } });
  const ofDemo = { name: 'demo', roles: ['Admin', 'People.See'] };
  const made = await apiAt(`${host.url}/api`)('POST', 'api-keys', ofDemo, { 'x-api-key': firstKey });
  key = made.body.key;
});
afterAll(async () => {
  await host.close();
  await emulator.close();
});

async function demo(...args: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  const command = new Command('local/demo.js', ...args);
  return { exitCode: await command.ended, output: command.output };
}

test('stories are played where what they need is there; the others are named with what is missing', async () => {
  const some = ['basics', 'group-call', 'screening', 'crash'].flatMap((name) => ['--story', name]);
  const { exitCode, output } = await demo('--app', host.url, '--key', key, '--emulator', emulator.url, ...some);
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  expect(output).toContain('All as expected: basics, group-call.');
  expect(output).toContain('The story screening needs a subscription at the emulator that sends incoming');
  expect(output).toContain('The story crash needs to kill the app in the middle: left out.');
});

test('without an emulator no call is made, and the rule of a story is gone when that is over', async () => {
  const { exitCode, output } = await demo('--app', `${host.url}/`, '--key', key);
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  expect(output).toContain('All as expected: basics.');
  expect(output.match(/ needs people who call and answer/g)).toHaveLength(stories.length - 2);
  const rules = await fetch(`${host.url}/api/routing-rules`, { headers: { 'x-api-key': key } });
  expect(await rules.json()).toEqual({ items: [] });
});

test.each([
  ['without a key', () => ['--app', host.url], '401: give it an API key or a token by --key'],
  ['with a wrong key', () => ['--app', host.url, '--key', 'x'], '401: it wants another key than that of --key'],
  ['where nothing listens', () => ['--app', 'http://127.0.0.1:9'], 'No app answers at http://127.0.0.1:9/api'],
  ['where another program listens', () => ['--app', emulator.url], '/api/calls answers 501'],
  [
    'with an emulator that does not run',
    () => ['--app', host.url, '--key', key, '--emulator', 'http://127.0.0.1:9'],
    'No emulator answers at http://127.0.0.1:9',
  ],
  [
    'of which no story can be played',
    () => ['--app', host.url, '--key', key, '--story', 'crash'],
    'No story could be played',
  ],
  ['without its scheme', () => ['--app', 'localhost'], '--app takes a URL such as http://127.0.0.1:7071'],
  ['that is a key alone', () => ['--key', key], 'name it by --app'],
  [
    'with a fault without an emulator',
    () => ['--app', host.url, '--key', key, '--fault', '{}'],
    '--fault needs the emulator',
  ],
])('an app %s is refused with the reason', async (_, args, reason) => {
  const { exitCode, output } = await demo(...args());
  expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining(reason) });
});
