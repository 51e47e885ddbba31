/** `npm run dev`: the whole product on this machine in one command, until Ctrl-C. */

import { once } from 'node:events';
import { banner } from './banner.ts';
import { parseCommandLine, usage } from './command-line.ts';
import { runCommand } from './interruption.ts';
import { assertPortsFree, portNames } from './ports.ts';
import type { TakeLine } from './service.ts';
import { subscribeWhenUp } from './subscribe-when-up.ts';
import { withStack } from './with-stack.ts';

/** One line of a part, with its name before it. */
const printLine: TakeLine = (service, line) => console.log(`${service.padEnd(8)} | ${line}`);

await runCommand(async (args) => {
  const commandLine = parseCommandLine(args);
  if (commandLine.help) {
    return console.log(usage);
  }
  const { ports, withHost, quiet } = commandLine;
  const wanted = portNames.filter((name) => withHost || name !== 'host');
  await assertPortsFree(ports, wanted);
  await withStack({ ...commandLine, watch: true }, async (stack, over) => {
    console.log(banner(commandLine));
    if (!quiet) {
      stack.forward(printLine);
    }
    if (!withHost) {
      await subscribeWhenUp(ports, over, console.log);
      console.log('The app answers; incoming calls ring there.');
    }
    if (!over.aborted) {
      await once(over, 'abort');
    }
    console.log('\nStopping.');
    over.throwIfAborted();
  });
});
