/** The options of a command, derived from its fields, and the values that their texts stand for. Pure. */
import { type Command, type Field, optionOf } from './commands.ts';
import { UsageError } from './usage-error.ts';

/** Options that every command takes. */
export const globalOptions = {
  url: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The options of a command, besides those that all take. */
export function optionsOf(
  command: Command,
): Readonly<Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>> {
  const fields = command.fields.map((field) => [optionOf(field.name), typeOf(field)] as const);
  const takes = (header: string) => command.headers.includes(header);
  return {
    ...Object.fromEntries(fields),
    ...(command.fields.some((field) => field.in === 'body') && { body: { type: 'string' as const } }),
    ...(takes('prefer') && { wait: { type: 'string' as const } }),
    ...(takes('idempotency-key') && { 'idempotency-key': { type: 'string' as const } }),
    ...(takes('if-match') && { 'if-match': { type: 'string' as const } }),
    ...(isFile(command) && { output: { type: 'string' as const } }),
  };
}

/** A boolean is a switch, which takes no value: `--for-everyone`, `--no-for-everyone`. */
function typeOf(field: Field): { type: 'string' | 'boolean'; multiple?: boolean } {
  const isSwitch = field.types.size === 1 && field.types.has('boolean');
  return isSwitch ? { type: 'boolean' } : { type: 'string', multiple: takesSeveral(field) };
}

/** Whether the answer is a file rather than JSON. */
export function isFile({ produces }: Command): boolean {
  return produces.length > 0 && !produces.some((type) => type.includes('json'));
}

/** An option that is given once for each item. */
function takesSeveral({ types, hasTextItems }: Field): boolean {
  return types.has('array') && hasTextItems;
}

/** The value that the text of an option stands for. Throws a UsageError for one of a type that its field does not take. */
export function readValue(command: Command, field: Field, text: string | boolean | readonly string[]): unknown {
  if (Array.isArray(text)) {
    const [first = ''] = text;
    return text.length === 1 && first.startsWith('[') ? (jsonIn(first) ?? text) : text;
  }
  const { types } = field;
  const written = String(text);
  const value = jsonIn(written);
  const isMeant =
    value !== undefined && types.has(value === null ? 'null' : Array.isArray(value) ? 'array' : kindOf(value, types));
  if (isMeant) {
    return value;
  }
  if (types.has('string') || types.size === 0) {
    return written;
  }
  throw new UsageError(
    `--${optionOf(field.name)} takes ${[...types].join(' or ')} as JSON, not "${written}".`,
    command,
  );
}

function kindOf(value: unknown, types: ReadonlySet<string>): string {
  return Number.isInteger(value) && types.has('integer') ? 'integer' : typeof value;
}

/** Undefined for a text that is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
