/** Starts one Azurite for the whole run; each test file keeps apart by a prefix of its own for tables, queues and blobs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../local/dev/ports.ts';
import { storageConnectionString } from '../../local/dev/settings.ts';
import { runningApp } from './target.ts';

declare module 'vitest' {
  interface ProvidedContext {
    storage: string;
  }
}

const main = join(dirname(createRequire(import.meta.url).resolve('azurite/package.json')), 'dist/src/azurite.js');
const flags = ['--silent', '--disableTelemetry', '--inMemoryPersistence', '--skipApiVersionCheck'];
const startWithinMs = 240_000;

/** Starts one on free ports, in memory; `more` are further options of its command. */
export async function startAzurite(
  more: readonly string[] = [],
): Promise<{ connectionString: string; close(): Promise<void> }> {
  // The services do not report which ports they were given.
  const [table, blob, queue] = [await freePort(), await freePort(), await freePort()];
  const ports = ['--tablePort', `${table}`, '--blobPort', `${blob}`, '--queuePort', `${queue}`];
  const child = spawn(process.execPath, [main, ...ports, ...flags, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await started(child);
  return {
    connectionString: storageConnectionString({ table, blob, queue }),
    async close() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (runningApp) {
    project.provide('storage', runningApp.storage);
    return async () => {};
  }
  const azurite = await startAzurite();
  project.provide('storage', azurite.connectionString);
  return azurite.close;
}

function started({ stdout }: { stdout: Readable }): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Azurite did not start within ${startWithinMs} ms.`)),
      startWithinMs,
    );
    let output = '';
    stdout.on('data', (text: Buffer) => {
      output += text.toString();
      if (/Table service is successfully listening/.test(output)) {
        clearTimeout(timer);
        resolve();
      }
    });
  });
}
