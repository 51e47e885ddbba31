/** Arguments of the command line, turned into the request of a command. Pure. */
import { parseArgs } from 'node:util';
import { type Command, type Field, optionOf } from './commands.ts';
import { globalOptions, jsonIn, optionsOf, readValue } from './options.ts';
import { UsageError } from './usage-error.ts';

export interface Request {
  readonly method: string;
  /** Below the API, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Invocation {
  readonly command: Command;
  readonly request: Request;
  readonly json: boolean;
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  /** A file for what is no JSON. */
  readonly output?: string | undefined;
}

/** How long an operation is waited for, unless the command line says so: most have their outcome by then. */
const waitSeconds = 20;

/** Other spellings of commands. */
const aliases: Readonly<Record<string, string>> = { 'routing explain': 'routing-rules explain' };

/**
 * The command that the arguments name, and the rest of them. The longest of several counts, and of two with the same words
 * the one that takes as many ids as follow.
 */
export function findCommand(
  commands: readonly Command[],
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const spelled = Object.entries(aliases).find(([alias]) => startsWith(args, alias.split(' ')));
  const typed = spelled ? [...spelled[1].split(' '), ...args.slice(spelled[0].split(' ').length)] : args;
  const named = commands.filter(({ words }) => startsWith(typed, words));
  const longest = Math.max(...named.map(({ words }) => words.length));
  const [first, ...others] = named.filter(({ words }) => words.length === longest);
  const option = typed.findIndex((arg, index) => index >= longest && arg.startsWith('-'));
  const idCount = (option < 0 ? typed.length : option) - longest;
  const command = others.find(({ ids }) => ids.length === idCount) ?? first;
  return command && { command, rest: typed.slice(command.words.length) };
}

function startsWith(args: readonly string[], words: readonly string[]): boolean {
  return words.every((word, index) => args[index] === word);
}

/** Reads the arguments after the command's words. Throws a UsageError that says what is wrong, and what is taken. */
export function readArguments(commands: readonly Command[], command: Command, rest: readonly string[]): Invocation {
  const { values, positionals } = parse(command, rest);
  const given = values as Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  if (positionals.length !== command.ids.length) {
    const wanted = command.ids.length === 0 ? 'no argument' : command.ids.map((id) => `<${id}>`).join(' ');
    throw new UsageError(`"${command.words.join(' ')}" takes ${wanted}, not "${positionals.join(' ')}".`, command);
  }
  const path = command.ids.reduce(
    (text, id, index) => text.replace(`{${id}}`, encoded(positionals[index])),
    command.path,
  );
  const fieldsIn = (where: Field['in']) =>
    command.fields.flatMap((field) => {
      const text = given[optionOf(field.name)];
      return field.in === where && text !== undefined ? [[field.name, readValue(command, field, text)] as const] : [];
    });
  const body = { ...bodyIn(command, given.body), ...Object.fromEntries(fieldsIn('body')) };
  const hasBody = command.fields.some((field) => field.in === 'body') || command.method === 'POST';
  return {
    command,
    json: given.json === true,
    url: textOf(given.url),
    key: textOf(given.key),
    output: textOf(given.output),
    request: searched(commands, command, {
      method: command.method,
      path,
      query: Object.fromEntries(fieldsIn('query')),
      headers: headersOf(command, given),
      ...(hasBody && { body }),
    }),
  };
}

function parse(command: Command, rest: readonly string[]) {
  try {
    return parseArgs({
      args: [...rest],
      options: { ...globalOptions, ...optionsOf(command) },
      allowPositionals: true,
      allowNegative: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), command);
  }
}

function headersOf({ headers }: Command, given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const named = ['idempotency-key', 'if-match'].flatMap((name) => {
    const text = textOf(given[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  const wait = textOf(given.wait) ?? String(waitSeconds);
  return {
    ...Object.fromEntries(named),
    ...(headers.includes('prefer') && wait !== '0' && { prefer: `wait=${wait}` }),
  };
}

/** A list with filters is asked for by its search, where it has one: a number in a body is in no log of URLs. */
function searched(
  commands: readonly Command[],
  command: Command,
  { query, ...request }: Request & { readonly query: Readonly<Record<string, unknown>> },
): Request {
  const search = commands.find(({ method, path }) => method === 'POST' && path === `${command.path}/search`);
  const given = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  if (command.method === 'GET' && search && given.length > 0) {
    return { method: 'POST', path: search.path, headers: request.headers, body: query };
  }
  const text = new URLSearchParams(given).toString();
  return { ...request, path: text === '' ? request.path : `${request.path}?${text}` };
}

function bodyIn(command: Command, text: unknown): object {
  if (typeof text !== 'string') {
    return {};
  }
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null) {
    throw new UsageError('--body takes a JSON object.', command);
  }
  return value;
}

function encoded(id: string | undefined): string {
  return encodeURIComponent(id ?? '');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
