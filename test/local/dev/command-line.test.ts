import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parseCommandLine } from '../../../local/dev/command-line.ts';

it('takes the usual ports and the data folder of the project by default', () => {
  expect(parseCommandLine([])).toEqual({
    ports: { host: 7071, emulator: 9100, emulatorTls: 9101, blob: 10000, queue: 10001, table: 10002 },
    dataDirectory: resolve('.data'),
    withHost: true,
    quiet: false,
    verbose: false,
    fresh: false,
    help: false,
  });
});

it('takes every option', () => {
  const commandLine = parseCommandLine('--no-host --quiet --fresh --data d --help --table-port 20002'.split(' '));

  const wanted = { dataDirectory: resolve('d'), withHost: false, quiet: true, fresh: true, help: true };
  expect(commandLine).toMatchObject(wanted);
  expect(commandLine.ports).toMatchObject({ queue: 10001, table: 20002 });
  expect(parseCommandLine(['--verbose'])).toMatchObject({ verbose: true, quiet: false });
});

it.each([
  ['an unknown flag', ['--turbo'], '--turbo'],
  ['flags that exclude each other', ['--quiet', '--verbose'], '--quiet and --verbose exclude each other'],
  ['a port that is none', ['--blob-port', 'http'], '--blob-port takes a number from 1 to 65535, not "http"'],
])('refuses %s', (_, args, says) => {
  expect(() => parseCommandLine(args)).toThrow(says);
});
