/** The command: what it prints, how it ends, what it refuses. */

import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CACHE } from './stage.ts';

const MAIN = join(import.meta.dirname, '../../../local/emulator/main.ts');
const run = promisify(execFile);

test('the command prints how to use it, and ends cleanly when it is signaled', async () => {
  const env = { ...process.env, XDG_CACHE_HOME: CACHE };
  const child = spawn(process.execPath, [MAIN, '--http', '0', '--https', '0', '--quiet'], { env });
  let output = '';
  const isUp = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('callback audience')) {
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
  expect(output).toMatch(/NODE_EXTRA_CA_CERTS\s+\S+ca\.pem/);
});

test.for([
  ['--http', 'many', /--http must be a whole number/],
  ['--clock', 'broken', /--clock must be real or manual/],
  ['--turbo', 'on', /--turbo/],
] as const)('the command refuses %s %s', async ([flag, value, message]) => {
  await expect(run(process.execPath, [MAIN, flag, value])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(message),
  });
});
