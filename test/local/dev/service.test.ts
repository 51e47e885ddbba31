import { expect, it } from 'vitest';
import { serves } from '../../../local/dev/answers.ts';
import { Service, type TakeLine } from '../../../local/dev/service.ts';

const never = new AbortController().signal;

/** A service that runs a line of JavaScript and should answer at a URL where nothing listens. */
function serviceOf(script: string, limits = {}, onLine?: TakeLine): Service {
  const plan = { name: 'storage', command: ['-e', script], probes: [serves('http://127.0.0.1:1')] };
  return new Service({ ...plan, readyWithinMs: 60_000, stopWithinMs: 60_000, ...limits }, onLine);
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
  const lines: string[] = [];
  const printed = Promise.withResolvers<void>();
  const service = serviceOf(
    "process.once('SIGTERM', () => { console.error('flushed'); process.exit(); }); setInterval(() => {}, 1000); console.log('up')",
    {},
    (_, line, output) => {
      lines.push(`${output}: ${line}`);
      printed.resolve();
    },
  );
  await printed.promise;

  await service.stop();
  expect(lines).toEqual(['stdout: up', 'stderr: flushed']);
});

it('kills a process that does not stop when it is asked', async () => {
  const printed = Promise.withResolvers<void>();
  const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')";
  const service = serviceOf(script, { stopWithinMs: 100 }, () => printed.resolve());
  await printed.promise;

  await service.stop();
  expect(service.ended.reason).toMatchObject({ message: expect.stringContaining('SIGKILL') });
});
