/** The command `acs-emulator`. */

import { parseArgs } from 'node:util';
import type { ClientSettings } from './client-settings.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import {
  DEFAULT_HOST,
  DEFAULT_HTTP_PORT,
  DEFAULT_HTTPS_PORT,
  DEFAULT_PARTICIPANTS_PAGE_SIZE,
  DEFAULT_RECORDING_CHUNK_SECONDS,
  DEFAULT_SEED,
  type EmulatorOptions,
} from './options.ts';

const USAGE = `Usage: acs-emulator [options]

Azure Communication Services Call Automation on this machine.

  --http <port>        port of the http listener (${DEFAULT_HTTP_PORT})
  --https <port>       port of the https listener (${DEFAULT_HTTPS_PORT})
  --host <address>     address to listen on (${DEFAULT_HOST})
  --access-key <key>   access key in base64 (a fixed public one)
  --public-url <url>   where clients reach the emulator, if elsewhere
  --quiet              do not print the traffic
  --log <format>       how to print the traffic: text, or json with bodies (text)
  --no-auth            take requests without a signature
  --seed <number>      seed of ids and chances (${DEFAULT_SEED})
  --clock <mode>       real or manual (real)
  --recording-chunk-seconds <seconds>
                       longest file of a recording (${DEFAULT_RECORDING_CHUNK_SECONDS})
  --participants-page-size <number>
                       participants per page of a list (${DEFAULT_PARTICIPANTS_PAGE_SIZE})
  --help               this text`;

/** Parses the flags; an unknown one throws an error that ends in the usage. */
function parseFlags(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    http: text,
    https: text,
    host: text,
    'access-key': text,
    'public-url': text,
    quiet: flag,
    log: text,
    'no-auth': flag,
    seed: text,
    clock: text,
    'recording-chunk-seconds': text,
    'participants-page-size': text,
    help: flag,
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`, { cause: error });
  }
}

/** The options of the flags; throws on an unknown flag or an invalid value. */
function readFlags(args: string[]): EmulatorOptions | 'help' {
  const values = parseFlags(args);
  if (values.help) {
    return 'help';
  }
  const { http, https, host, quiet, log, seed, clock } = values;
  const { 'access-key': accessKey, 'public-url': publicUrl, 'no-auth': noAuth } = values;
  const chunkSeconds = values['recording-chunk-seconds'];
  const pageSize = values['participants-page-size'];
  return {
    ...(http !== undefined && { http: wholeNumber('--http', http) }),
    ...(https !== undefined && { https: wholeNumber('--https', https) }),
    ...(seed !== undefined && { seed: wholeNumber('--seed', seed) }),
    ...(host !== undefined && { host }),
    ...(accessKey !== undefined && { accessKey }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(quiet !== undefined && { quiet }),
    ...(log !== undefined && { log: oneOf('--log', log, ['text', 'json']) }),
    ...(noAuth !== undefined && { noAuth }),
    ...(clock !== undefined && { clock: oneOf('--clock', clock, ['real', 'manual']) }),
    ...(chunkSeconds !== undefined && {
      recordingChunkSeconds: wholeNumber('--recording-chunk-seconds', chunkSeconds),
    }),
    ...(pageSize !== undefined && { participantsPageSize: wholeNumber('--participants-page-size', pageSize) }),
  };
}

function oneOf<Choice extends string>(flag: string, written: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((one) => one === written);
  if (choice === undefined) {
    throw new Error(`${flag} must be ${choices.join(' or ')}; it is "${written}".`);
  }
  return choice;
}

function wholeNumber(flag: string, written: string): number {
  if (!/^-?\d+$/.test(written)) {
    throw new Error(`${flag} must be a whole number; it is "${written}".`);
  }
  return Number(written);
}

/** A connection string, and below it the variables that go with it, one a line. */
function clientRows(language: string, client?: ClientSettings): [string, string | undefined][] {
  const variables = Object.entries(client?.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  return [[language, client?.connectionString], ...variables.map((line): [string, string] => ['', line])];
}

function printEndpoints(emulator: Emulator): void {
  const { issuer, jwksUrl, configurationUrl, audience } = emulator.callbacks;
  const { javascript, python, dotnet } = emulator.clients ?? {};
  const rows = [
    ['listening on', [emulator.url, emulator.httpsUrl].join('  ')],
    ['phone page', `${emulator.url}/emulator/`],
    ['http', emulator.connectionString],
    ['https', emulator.httpsConnectionString],
    ['callback issuer', issuer],
    ['callback key set', jwksUrl],
    ['callback config', configurationUrl],
    ['callback audience', audience],
    ...clientRows('JavaScript', javascript),
    ...clientRows('Python', python),
    ...clientRows('.NET', dotnet),
  ];
  const lines = rows.map(([name = '', value]) => `  ${name.padEnd(18)} ${value}`);
  console.log(`ACS emulator
${lines.join('\n')}

Set the variables of your language, and give the client the connection string above them.
First steps: local/emulator/README.md`);
}

async function main(): Promise<void> {
  const options = readFlags(process.argv.slice(2));
  if (options === 'help') {
    return console.log(USAGE);
  }
  const emulator = await startEmulator(options);
  const stop = async (): Promise<void> => {
    await emulator.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop());
  }
  // Last: a program that reads this may send a signal at once.
  printEndpoints(emulator);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
