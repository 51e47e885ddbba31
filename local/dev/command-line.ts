/** The command line of `npm run dev`. */

import { resolve } from 'node:path';
import { readOptions } from '../command-line.ts';
import { type PortName, type Ports, portNames, portsFrom, portTable } from './ports.ts';

export interface CommandLine {
  readonly ports: Ports;
  readonly dataDirectory: string;
  readonly withHost: boolean;
  /** Prints errors only. */
  readonly quiet: boolean;
  /** Prints the output of the parts as it is. */
  readonly verbose: boolean;
  /** Empties the data folder first. */
  readonly fresh: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm run dev -- [options]

Runs the whole product on this machine: storage, the ACS emulator, and the app, which restarts when its source changes.
Prints one line for each thing that happens to a call. Calls of an earlier run, which the emulator does not know, are ended.

  --verbose                    print the output of the host and the emulator as it is
  --quiet                      print no progress, and of what happens errors only
  --fresh                      remove what earlier runs have stored
  --no-host                    without the app, for use beside "npm start" (Azure Functions Core Tools)
  --data <folder>              where storage and keys are kept (default: .data); not among the sources
${portNames.map((name) => `  --${`${portTable[name].flag} <number>`.padEnd(27)}${portTable[name].wantedBy} (default: ${portTable[name].usual})`).join('\n')}
  --help                       print this
`;

/** Parses the arguments after the script's name; throws an error that names the wrong one. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const flags = portNames.map((name) => [portTable[name].flag, { type: 'string' }] as const);
  const values = readOptions(
    args,
    {
      ...Object.fromEntries(flags),
      'no-host': { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      data: { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
    usage,
  );
  if (values.quiet && values.verbose) {
    throw new Error('--quiet and --verbose exclude each other.');
  }
  return {
    ports: portsFrom((name) => portOf(name, (values as Record<string, unknown>)[portTable[name].flag])),
    dataDirectory: resolve(values.data),
    withHost: !values['no-host'],
    quiet: values.quiet,
    verbose: values.verbose,
    fresh: values.fresh,
    help: values.help,
  };
}

function portOf(name: PortName, written: unknown): number {
  const { flag, usual } = portTable[name];
  if (written === undefined) {
    return usual;
  }
  const port = Number(written);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) {
    return port;
  }
  throw new Error(`--${flag} takes a number from 1 to 65535, not "${written}".`);
}
