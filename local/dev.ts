/** `npm run dev`: the whole product on this machine in one command, until Ctrl-C. */

import { once } from 'node:events';
import { answering } from './dev/answers.ts';
import { banner } from './dev/banner.ts';
import { type CommandLine, parseCommandLine, usage } from './dev/command-line.ts';
import { Interrupted, interruption } from './dev/interruption.ts';
import { assertPortsFree, portNames } from './dev/ports.ts';
import type { Service, TakeLine } from './dev/service.ts';
import { urlAt } from './dev/settings.ts';
import { startStack } from './dev/stack.ts';
import { subscribe } from './dev/subscriptions.ts';

/** One line of a part, with its name before it. */
const printLine: TakeLine = (service, line) => console.log(`${service.padEnd(8)} | ${line}`);

try {
  const commandLine = parseCommandLine(process.argv.slice(2));
  if (commandLine.help) console.log(usage);
  else await run(commandLine);
} catch (error) {
  if (!(error instanceof Interrupted)) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
// The channel to a parent, if there is one, would keep the process.
if (process.connected) process.disconnect();

/** Rejects with `Interrupted` after Ctrl-C, and with the reason when a part ends by itself; nothing is left running. */
async function run(commandLine: CommandLine): Promise<void> {
  const { ports, withHost, quiet } = commandLine;
  await assertPortsFree(
    ports,
    portNames.filter((name) => withHost || name !== 'host'),
  );
  const services: Service[] = [];
  const interrupted = interruption(() => {
    for (const service of services) service.kill();
  });
  const onStart = (service: Service) => void services.push(service);
  const stack = await startStack({ ...commandLine, watch: true, signal: interrupted, onStart });
  console.log(banner(commandLine));
  if (!quiet) stack.forward(printLine);
  try {
    await untilOver(commandLine, AbortSignal.any([interrupted, stack.ended]));
  } finally {
    console.log('\nStopping.');
    await stack.stop();
  }
}

/** Rejects with the reason of `over`. Another host's app is subscribed as soon as it answers. */
async function untilOver({ ports, withHost }: CommandLine, over: AbortSignal): Promise<void> {
  if (!withHost) {
    await answering(`${urlAt(ports.host)}/api/health`, over);
    await subscribe(ports);
    console.log('The app answers; incoming calls ring there.');
  }
  if (!over.aborted) await once(over, 'abort');
  over.throwIfAborted();
}
