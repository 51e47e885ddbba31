/** Starts one Table service for the whole run; each test file keeps apart by a table prefix of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TestProject } from 'vitest/node';
import { freePort } from './free-port.ts';

declare module 'vitest' {
  interface ProvidedContext {
    storage: string;
  }
}

const main = join(dirname(createRequire(import.meta.url).resolve('azurite/package.json')), 'dist/src/table/main.js');
const flags = ['--silent', '--disableTelemetry', '--inMemoryPersistence', '--skipApiVersionCheck'];
const startWithinMs = 30_000;

/** Azurite's published development account. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** The connection string of a Table service at a URL. */
export function storageAt(url: string): string {
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};TableEndpoint=${url}/${account};`;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The Table service does not tell which port it was given.
  const port = await freePort();
  const child = spawn(process.execPath, [main, '--tablePort', String(port), ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await started(child);
  project.provide('storage', storageAt(`http://127.0.0.1:${port}`));
  return async () => {
    child.kill();
    await once(child, 'exit');
  };
}

function started({ stdout }: { stdout: Readable }): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Azurite did not start within ${startWithinMs} ms.`)),
      startWithinMs,
    );
    stdout.on('data', (text: Buffer) => {
      if (text.includes('successfully started')) {
        clearTimeout(timer);
        resolve();
      }
    });
  });
}
