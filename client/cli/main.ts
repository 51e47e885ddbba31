/** The command `switchboard`: the API from a terminal. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs, styleText } from 'node:util';
import { findCommand, readArguments } from './arguments.ts';
import { type Command, commandsOf } from './commands.ts';
import { completionScripts, completionsAfter } from './completion.ts';
import { connectionOf, contentOf, type Refusal, send, Unreachable } from './connection.ts';
import { exitCodes, helpOf, overview, ownCommands } from './help.ts';
import { listen } from './listen.ts';
import { globalOptions, isFile } from './options.ts';
import { bodyInWords, type Paint, problemInWords } from './print.ts';
import { tail } from './tail.ts';
import { UsageError } from './usage-error.ts';

const description = new URL('../../docs/openapi.json', import.meta.url);

const paintOn =
  (stream: NodeJS.WritableStream): Paint =>
  (style, text) =>
    styleText(style, text, { stream });
const paint = paintOn(process.stdout);
const paintError = paintOn(process.stderr);

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interrupted.abort());
}

/** Commands that are more than one request. The rest of their arguments are parsed by these options. */
const own: Readonly<Record<string, (args: readonly string[], commands: readonly Command[]) => Promise<number>>> = {
  call: (args, commands) => {
    const targets = args.filter((arg) => /^(\+\d|\d+:)/.test(arg) && !isValue(args, arg));
    const others = args.filter((arg) => !targets.includes(arg));
    return request(['calls', 'create', ...targets.flatMap((target) => ['--targets', target]), ...others], commands);
  },
  // The file is made for programs.
  export: (args, commands) => request(['calls', 'export', ...args, '--json'], commands),
  'calls tail': (args) => {
    const { values, positionals } = readOwn(args, {});
    const [callId] = positionals;
    const path = callId === undefined ? '/calls/stream' : `/calls/${encodeURIComponent(callId)}/stream`;
    return follow(path, values);
  },
  'webhooks listen': async (args) => {
    const { values } = readOwn(args, {
      'forward-to': { type: 'string' },
      'event-types': { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: '0' },
    });
    const texts = values as typeof values & Readonly<Record<string, unknown>>;
    const refusal = await listen({
      connection: connectionOf(values, process.env),
      forwardTo: texts['forward-to'] as string | undefined,
      eventTypes: texts['event-types'] as string[],
      port: Number(texts.port),
      json: values.json,
      paint,
      signal: interrupted.signal,
      print: (line) => console.log(line),
      printError: (line) => console.error(line),
    });
    return refusalCode(refusal);
  },
  completion: async ([shell = '']) => {
    const script = completionScripts[shell];
    if (script === undefined) {
      throw new UsageError(`"completion" takes ${Object.keys(completionScripts).join(', ')}, not "${shell}".`);
    }
    process.stdout.write(script);
    return exitCodes.success;
  },
  __complete: async (typed, commands) => {
    const others = ownCommands.map(([usage]) => usage.split(/ [<[-]/)[0]?.split(' ') ?? []);
    console.log(completionsAfter(commands, others, typed).join('\n'));
    return exitCodes.success;
  },
};

/** Prints a stream of events. */
async function follow(
  path: string,
  options: { readonly json: boolean; readonly url?: string | undefined; readonly key?: string | undefined },
): Promise<number> {
  const connection = connectionOf(options, process.env);
  const print = (line: string) => console.log(line);
  const report = (line: string) => console.error(line);
  const { signal } = interrupted;
  return refusalCode(await tail({ connection, path, json: options.json, paint, signal, print, report }));
}

/** Whether an argument is the value of the option before it. */
function isValue(args: readonly string[], arg: string): boolean {
  return args[args.indexOf(arg) - 1]?.startsWith('--') ?? false;
}

function readOwn(args: readonly string[], options: NonNullable<Parameters<typeof parseArgs>[0]>['options']) {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...globalOptions }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function refusalCode(refusal: Refusal | undefined): number {
  if (!refusal) {
    return exitCodes.success;
  }
  console.error(problemInWords(refusal.status, refusal.problem, paintError));
  return exitCodes.refused;
}

/** Statuses of operations and sequences that have ended without what was asked. */
const notSucceeded = ['failed', 'canceled', 'timedOut', 'indeterminate'];

/** Sends the request that the arguments describe, and prints the answer. */
async function request(args: readonly string[], commands: readonly Command[]): Promise<number> {
  const found = findCommand(commands, args);
  if (!found) {
    throw new UsageError(`There is no command "${args.filter((arg) => !arg.startsWith('-')).join(' ')}".`);
  }
  const { command, rest } = found;
  if (rest.includes('--help')) {
    console.log(helpOf(command));
    return exitCodes.success;
  }
  const invocation = readArguments(commands, command, rest);
  if (command.produces.includes('text/event-stream')) {
    return follow(invocation.request.path, invocation);
  }
  const response = await send(connectionOf(invocation, process.env), invocation.request, interrupted.signal);
  if (response.ok && isFile(command)) {
    return writeAnswer(response, invocation.output);
  }
  const content = await contentOf(response);
  if (!response.ok) {
    console.error(invocation.json ? JSON.stringify(content) : problemInWords(response.status, content, paintError));
    return exitCodes.refused;
  }
  console.log(
    content === ''
      ? paint('green', 'done')
      : invocation.json
        ? JSON.stringify(content)
        : bodyInWords(content, paint, idIn(command, commands)),
  );
  const { status } = content as { readonly status?: unknown };
  const isOutcome = command.method !== 'GET' && typeof status === 'string' && notSucceeded.includes(status);
  return isOutcome ? exitCodes.notSucceeded : exitCodes.success;
}

/** The name of the id by which an item of a list is read. */
function idIn({ path }: Command, commands: readonly Command[]): string | undefined {
  const item = commands.find((one) => one.path.startsWith(`${path}/{`) && one.path.endsWith('}'));
  return item?.ids.at(-1);
}

async function writeAnswer(response: Response, output: string | undefined): Promise<number> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (output === undefined) {
    process.stdout.write(bytes);
  } else {
    await writeFile(output, bytes);
  }
  return exitCodes.success;
}

/** Options may stand before the command, too. */
function withWordsFirst(args: readonly string[]): readonly string[] {
  const leading = args.findIndex(
    (arg, index) => !arg.startsWith('--') && !['--url', '--key'].includes(args[index - 1] ?? ''),
  );
  return leading <= 0 ? args : [...args.slice(leading), ...args.slice(0, leading)];
}

async function run(given: readonly string[]): Promise<number> {
  const args = withWordsFirst(given);
  const commands = commandsOf(JSON.parse(await readFile(description, 'utf8')));
  const name = Object.keys(own).find((one) => one.split(' ').every((word, index) => args[index] === word));
  const isHelp = args.length === 0 || (args.length === 1 && ['--help', 'help'].includes(args[0] ?? ''));
  if (isHelp || (name !== undefined && name !== 'call' && args.includes('--help'))) {
    console.log(overview(commands));
    return args.length === 0 ? exitCodes.usage : exitCodes.success;
  }
  const command = name === undefined ? undefined : own[name];
  return command ? command(args.slice(name?.split(' ').length), commands) : request(args, commands);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (interrupted.signal.aborted) {
    process.exitCode = exitCodes.interrupted;
  } else if (error instanceof UsageError) {
    console.error(paintError('red', error.message));
    console.error(error.command ? `\n${helpOf(error.command)}` : 'switchboard --help lists the commands.');
    process.exitCode = exitCodes.usage;
  } else if (error instanceof Unreachable) {
    console.error(error.message);
    process.exitCode = exitCodes.unreachable;
  } else {
    throw error;
  }
}
