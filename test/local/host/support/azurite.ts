/** A queue service of Azurite's, in memory, on a free port. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const azurite = join(dirname(createRequire(import.meta.url).resolve('azurite/package.json')), 'dist/src/queue/main.js');
const flags = ['--queuePort', '0', '--silent', '--disableTelemetry', '--inMemoryPersistence', '--skipApiVersionCheck'];

/** Azurite's published account. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface Azurite {
  readonly connectionString: string;
  stop(): Promise<void>;
}

export async function startAzurite(): Promise<Azurite> {
  const child = spawn(process.execPath, [azurite, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    const url = /listens on (http:\S+)/.exec(line)?.[1];
    if (url === undefined) {
      continue;
    }
    return {
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};QueueEndpoint=${url}/${account};`,
      async stop() {
        child.kill();
        await once(child, 'exit');
      },
    };
  }
  throw new Error('Azurite ended before it listened.');
}
