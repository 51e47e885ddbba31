/** The command: what it prints, how it ends, what it refuses. */

import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CACHE } from './stage.ts';

const MAIN = join(import.meta.dirname, '../../../local/emulator/main.ts');
const run = promisify(execFile);

test('the command prints how each language uses it, and ends cleanly when it is signaled', async () => {
  const env = { ...process.env, XDG_CACHE_HOME: CACHE };
  const child = spawn(process.execPath, [MAIN, '--http', '0', '--https', '0', '--quiet'], { env });
  let output = '';
  const isUp = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('First steps')) {
        resolve();
      }
    });
  });
  await isUp;
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill('SIGTERM');

  expect(await ended).toBe(0);
  expect(output).toMatch(/endpoint=http:\/\/127\.0\.0\.1:\d+\/;accesskey=/);
  expect(output).toMatch(/phone page\s+http:\/\/127\.0\.0\.1:\d+\/emulator\/\n/);
  for (const [language, host, trust, direct] of [
    ['JavaScript', 'localhost', 'NODE_EXTRA_CA_CERTS=\\S+/ca.pem', '127.0.0.1'],
    ['Python', '127.0.0.1', 'REQUESTS_CA_BUNDLE=(\\S+/ca-bundle.pem)\\n +SSL_CERT_FILE=\\1', 'localhost,127.0.0.1'],
    ['.NET', '127.0.0.1', 'SSL_CERT_FILE=\\S+/ca-bundle.pem', 'localhost,127.0.0.1'],
  ]) {
    const variables = `${trust}\\n +HTTPS_PROXY=http://127.0.0.1:\\d+\\n +NO_PROXY=${direct}`;
    expect(output).toMatch(new RegExp(`${language} +endpoint=https://${host}:\\d+/;accesskey=.*\\n +${variables}\\n`));
  }
  expect(output).toMatch(
    /callback config +https:\/\/127\.0\.0\.1:\d+\/calling\/\.well-known\/acsopenidconfiguration\n/,
  );
});

test.for([
  ['--http', 'many', /--http must be a whole number/],
  ['--clock', 'broken', /--clock must be real or manual/],
  ['--log', 'loud', /--log must be text or json/],
  ['--turbo', 'on', /--turbo/],
] as const)('the command refuses %s %s', async ([flag, value, message]) => {
  await expect(run(process.execPath, [MAIN, flag, value])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(message),
  });
});
