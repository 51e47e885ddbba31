/** Loaded into the process of a host: prints what the process holds, each time after a garbage collection. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Reading, readingMark } from './reading.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function read(): Reading {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const handles: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    handles[kind] = (handles[kind] ?? 0) + 1;
  }
  return { heapBytes: heapUsed, externalBytes: external, residentBytes: rss, handles };
}

setInterval(
  () => process.stdout.write(`${readingMark}${JSON.stringify(read())}\n`),
  Number(process.env.SOAK_READ_SECONDS) * 1000,
).unref();
