/** The app does not start without its settings, and says everything that is missing at once. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Loads a file of the app as a worker does, without any setting; what it says and how it ends. */
async function load(file: string): Promise<{ code: number | null; text: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-'));
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `await import(${JSON.stringify(resolve(file))})`],
    {
      cwd: directory,
      env: { PATH: process.env.PATH, RING_WINDOW_SECONDS: 'soon' },
    },
  );
  let text = '';
  for await (const chunk of child.stderr) {
    text += chunk;
  }
  const code = child.exitCode ?? (await new Promise<number | null>((done) => child.once('exit', done)));
  await rm(directory, { recursive: true });
  return { code, text };
}

test('a start without settings fails and names each of them', async () => {
  const { code, text } = await load('shared/app.ts');
  expect(code).toBe(1);
  expect(text).toContain('The app cannot start, 5 setting(s) are missing or wrong');
  for (const name of [
    'ACS_RESOURCE_ID',
    'PUBLIC_BASE_URL',
    'RING_WINDOW_SECONDS',
    'ACS_ENDPOINT',
    'AzureWebJobsStorage',
  ]) {
    expect(text).toContain(`${name}: `);
  }
});
