/** The command line of the host. */

import { parseArgs } from 'node:util';
import { HostError, messageOf } from './errors.ts';

export interface CommandLine {
  readonly root: string;
  readonly main?: string;
  readonly port?: number;
  readonly enableAuth: boolean;
  readonly watch: boolean;
  readonly dataDirectory?: string;
  readonly log: 'text' | 'json' | 'off';
  readonly help: boolean;
}

/** What `--help` prints. */
export const usage = `Usage: npm run host -- [options]

Serves an Azure Functions app (Node.js programming model 4) on this machine.

  --root <folder>   the app, with host.json and package.json (default: .)
  --main <glob>     files to load instead of "main" of package.json, e.g. "functions/*.ts"
  --port <number>   port of the HTTP server (default: Host.LocalHttpPort of local.settings.json, else 7071)
  --data <folder>   where keys and timer schedules are kept (default: .data/host of the app)
  --enableAuth      enforce authLevel; keys are generated in keys.json of the data folder
  --watch           restart when a source file changes
  --log <format>    text, json or off (default: text)
  --help            print this

After a crash, work that was in flight goes on when the visibility timeouts of host.json are over, as in Azure. The setting
EMBEDDED_HOST_VISIBILITY_SECONDS replaces them; only this host reads it. Requests by another name than localhost are refused,
except by the names in the setting EMBEDDED_HOST_NAMES, such as a tunnel's.
`;

const logFormats = ['text', 'json', 'off'] as const;

/** Parses the arguments after the script's name; throws a HostError that names the wrong one. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { root, main, port, data, log, enableAuth, watch, help } = parse(args);
  const format = logFormats.find((candidate) => candidate === log);
  if (format === undefined) {
    throw new HostError(`--log takes ${logFormats.join(', ')}, not "${log}".`);
  }
  return {
    root,
    ...(main !== undefined && { main }),
    ...(port !== undefined && { port: parsePort(port) }),
    ...(data !== undefined && { dataDirectory: data }),
    log: format,
    enableAuth,
    watch,
    help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        root: { type: 'string', default: '.' },
        main: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        log: { type: 'string', default: 'text' },
        enableAuth: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new HostError(`${messageOf(error)}\n\n${usage}`, { cause: error });
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) {
    return port;
  }
  throw new HostError(`--port takes a number from 0 to 65535, not "${text}".`);
}
