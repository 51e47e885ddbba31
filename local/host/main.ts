/** Serves an Azure Functions app from the command line, as `func start` does. */

import { fileURLToPath } from 'node:url';
import { functionList } from './banner.ts';
import { type CommandLine, parseCommandLine, usage } from './command-line.ts';
import { HostError } from './errors.ts';
import { startHost } from './host.ts';
import { readLocalSettings } from './settings/local-settings.ts';
import { superviseRestarts } from './watch.ts';

/** Core Tools' port. */
const defaultPort = 7071;

/** npm passes the terminal's Ctrl-C on a second time: what comes this soon is the same one. */
const repeatedSignalMs = 500;

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof HostError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

async function main(args: readonly string[]): Promise<void> {
  const commandLine = parseCommandLine(args);
  if (commandLine.help) {
    process.stdout.write(usage);
  } else if (commandLine.watch) {
    await watch(commandLine, args);
  } else {
    await serve(commandLine);
  }
}

async function serve({ port, ...options }: CommandLine): Promise<void> {
  const local = await readLocalSettings(options.root);
  const host = await startHost({
    ...options,
    port: port ?? local.port ?? defaultPort,
    onUnhandledRejection(what) {
      // Azure's worker ends here, so that a fault is noticed before it is deployed. On this stream even when nothing is logged.
      process.stderr.write(`${what}\nThe host ends, as a worker in Azure does.\n`);
      process.exit(1);
    },
  });
  const close = async () => {
    await host.close();
    process.exit(0);
  };
  process.once('disconnect', close);
  let askedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (askedAt === undefined) {
        askedAt = performance.now();
        void close();
      } else if (performance.now() - askedAt > repeatedSignalMs) {
        process.exit(130);
      }
    });
  }
  if (options.log !== 'off') {
    process.stdout.write(functionList(host.functions));
  }
}

/** The supervisor runs this same file without `--watch`. */
async function watch({ root, dataDirectory }: CommandLine, args: readonly string[]): Promise<void> {
  const childArgs = args.filter((arg) => arg !== '--watch');
  await superviseRestarts({ script: fileURLToPath(import.meta.url), args: childArgs, root, dataDirectory });
}
