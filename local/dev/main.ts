/** `npm run dev`: the whole product on this machine in one command, until Ctrl-C. */

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { banner } from './banner.ts';
import { type CommandLine, parseCommandLine, usage } from './command-line.ts';
import { emptyDataFolder, holdDataFolder } from './data-folder.ts';
import { encryptionKeySetting, makeEncryptionKey } from './encryption-key.ts';
import { runCommand } from './interruption.ts';
import { endLeftOverCalls } from './left-over-calls.ts';
import { formatted, paintFor } from './lines/format.ts';
import { translate } from './lines/translate.ts';
import { assertPortsFree, portNames } from './ports.ts';
import type { TakeLine } from './service.ts';
import { urlAt } from './settings.ts';
import { subscribeWhenUp } from './subscribe-when-up.ts';
import { withStack } from './with-stack.ts';

const paint = paintFor(process.stdout);

/** What is printed of the output of the parts. */
function printerFor({ quiet, verbose }: CommandLine): TakeLine {
  if (verbose) {
    return (service, line) => console.log(`${service.padEnd(8)} | ${line}`);
  }
  return (...printed) => {
    const line = translate(...printed);
    if (line && (!quiet || line.tone === 'bad')) {
      console.log(formatted(line, paint, new Date()));
    }
  };
}

/** Progress at the start and at the end. */
function progressOf({ quiet }: CommandLine): (text: string) => void {
  return quiet ? () => undefined : (text) => console.log(text);
}

function upLine(name: string, milliseconds: number): string {
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  return `  ${paint('green', '✓')} ${(name === 'host' ? 'app' : name).padEnd(10)}${paint('dim', seconds.padStart(7))}`;
}

await runCommand(async (args) => {
  const commandLine = parseCommandLine(args);
  if (commandLine.help) {
    return console.log(usage);
  }
  const { ports, withHost, dataDirectory, fresh, verbose } = commandLine;
  const wanted = portNames.filter((name) => withHost || name !== 'host');
  await holdDataFolder(dataDirectory, `the run at ${urlAt(ports.host)} (process ${process.pid})`);
  await assertPortsFree(ports, wanted);
  if (fresh) {
    await emptyDataFolder(dataDirectory);
  }
  await makeEncryptionKey(dataDirectory);
  const progress = progressOf(commandLine);
  progress(`Starting storage, the ACS emulator${withHost ? ' and the app' : ''} …\n`);
  const options = {
    ...commandLine,
    watch: true,
    settings: encryptionKeySetting(dataDirectory),
    log: verbose ? ('text' as const) : ('json' as const),
    // With the ids of an earlier run, the app would take new calls for those that it has stored.
    seed: randomInt(2 ** 31),
    onLine: printerFor(commandLine),
    onUp: (name: string, milliseconds: number) => progress(upLine(name, milliseconds)),
  };
  await withStack(options, async (_stack, over) => {
    console.log(banner(commandLine));
    if (!withHost) {
      await subscribeWhenUp(ports, over, console.log);
      console.log('The app answers; incoming calls ring there.');
    }
    const obstacle = await endLeftOverCalls(ports.host);
    if (obstacle !== undefined) {
      console.log(obstacle);
    }
    if (!over.aborted) {
      await once(over, 'abort');
    }
    progress('\nStopping.');
    over.throwIfAborted();
  });
});
