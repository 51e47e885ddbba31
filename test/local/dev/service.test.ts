import { expect, it } from 'vitest';
import { serves } from '../../../local/dev/answers.ts';
import { Service } from '../../../local/dev/service.ts';

const never = new AbortController().signal;

/** A service that runs a line of JavaScript and should answer at a URL where nothing listens. */
function serviceOf(script: string, limits = {}): Service {
  const plan = { name: 'storage', command: ['-e', script], probes: [serves('http://127.0.0.1:1')] };
  return new Service({ ...plan, readyWithinMs: 60_000, stopWithinMs: 60_000, ...limits });
}

it('reports a process that ends before it is up, with its last output', async () => {
  const service = serviceOf("console.error('no disk left'); process.exitCode = 3");

  await expect(service.ready(never)).rejects.toThrow(/^The storage ended \(exit code 3\)\.[\s\S]*no disk left/);
});

it('reports a process that does not answer in time', async () => {
  const service = serviceOf('setInterval(() => {}, 1000)', { readyWithinMs: 300 });

  await expect(service.ready(never)).rejects.toThrow('The storage was not up at http://127.0.0.1:1 within 0.3 s');
  await service.stop();
});

it('asks a process to stop and lets it finish', async () => {
  const service = serviceOf(
    "process.once('SIGTERM', () => { console.log('flushed'); process.exit(); }); setInterval(() => {}, 1000); console.log('up')",
  );
  const lines: string[] = [];
  await new Promise<void>((resolve) => {
    service.onLine = (_, line) => {
      lines.push(line);
      resolve();
    };
  });

  await service.stop();
  expect(lines).toEqual(['up', 'flushed']);
});

it('kills a process that does not stop when it is asked', async () => {
  const service = serviceOf("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')", {
    stopWithinMs: 100,
  });
  await new Promise<void>((resolve) => {
    service.onLine = () => resolve();
  });

  await service.stop();
  expect(service.ended.reason).toMatchObject({ message: expect.stringContaining('SIGKILL') });
});
