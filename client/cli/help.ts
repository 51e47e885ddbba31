/** What `--help` prints: all commands, or one with its arguments and options. Pure. */
import { type Command, optionOf } from './commands.ts';
import { optionsOf } from './options.ts';

/** How a program ends. */
export const exitCodes = {
  success: 0,
  refused: 1,
  usage: 2,
  unreachable: 3,
  notSucceeded: 4,
  interrupted: 130,
} as const;

/** Commands beside those of the endpoints, with what they do. */
export const ownCommands: readonly (readonly [string, string])[] = [
  ['call <number>… --caller-id <number>', 'Calls someone, and waits for the outcome'],
  ['calls tail [callId]', 'Prints what happens to a call, or to all live calls, as it happens'],
  ['webhooks listen [--forward-to <url>]', 'Receives, prints and forwards signed events'],
  ['routing explain --from <number> --to <number>', 'Which rule takes a call, and why each other does not'],
  ['export <callId>', 'Prints everything that is known of a call'],
  ['completion bash|zsh|fish', 'Prints the completion script of a shell'],
];

export function overview(commands: readonly Command[]): string {
  const rows = commands.map((command) => [usageOf(command), command.summary] as const);
  const all = [...ownCommands, ...rows];
  const width = Math.max(...all.map(([left]) => left.length));
  const lines = (list: readonly (readonly [string, string])[]) =>
    list.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
  return `Usage: switchboard <command> [ids] [--field value]

${lines(ownCommands)}

A command for each endpoint; "switchboard <command> --help" lists its options:

${lines(rows)}

  --url <url>    the API; else SWITCHBOARD_URL, else http://127.0.0.1:7071/api
  --key <key>    an API key or a token; else SWITCHBOARD_KEY
  --json         print JSON as it was answered
  --help         print this

Ends with ${Object.entries(meanings)
    .map(([code, meaning]) => `${code} ${meaning}`)
    .join(', ')}.
NO_COLOR leaves out colours.`;
}

const meanings: Readonly<Record<string, string>> = {
  [exitCodes.success]: 'when all went well',
  [exitCodes.refused]: 'when the API refused',
  [exitCodes.usage]: 'when the command was wrong',
  [exitCodes.unreachable]: 'when nothing answered',
  [exitCodes.notSucceeded]: 'when an operation ended in another way than succeeded',
};

export function helpOf(command: Command): string {
  const options = optionsOf(command);
  const fields = command.fields.map((field) => {
    const name = optionOf(field.name);
    const value = options[name]?.type === 'boolean' ? '' : ` <${[...field.types].join('|') || 'value'}>`;
    return [`--${name}${value}`, `${field.isRequired ? 'required; ' : ''}${field.description}`] as const;
  });
  const known = new Set(command.fields.map(({ name }) => optionOf(name)));
  const others = Object.keys(options)
    .filter((name) => !known.has(name))
    .map((name) => [`--${name} <text>`, descriptions[name] ?? ''] as const);
  const rows = [...fields, ...others];
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  const lines = rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd());
  return [`Usage: switchboard ${usageOf(command)}`, '', command.summary, '', ...lines].join('\n').trimEnd();
}

const descriptions: Readonly<Record<string, string>> = {
  body: 'the body as a JSON object; the options above win',
  wait: 'seconds to wait for the outcome: 20 unless given, 0 for none',
  'idempotency-key': 'a UUID: repeated under the same key, the request is performed once',
  'if-match': 'the ETag that the stored one must still have',
  output: 'the file to write the answer to, instead of the output',
};

function usageOf({ words, ids, fields }: Command): string {
  return [...words, ...ids.map((id) => `<${id}>`), ...(fields.length > 0 ? ['[options]'] : [])].join(' ');
}
