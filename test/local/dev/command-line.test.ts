import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parseCommandLine } from '../../../local/dev/command-line.ts';

it('takes the usual ports and the data folder of the project by default', () => {
  expect(parseCommandLine([])).toEqual({
    ports: { host: 7071, emulator: 9100, emulatorTls: 9101, blob: 10000, queue: 10001, table: 10002 },
    dataDirectory: resolve('.data'),
    withHost: true,
    quiet: false,
    help: false,
  });
});

it('takes every option', () => {
  const commandLine = parseCommandLine('--no-host --quiet --data d --help --table-port 20002'.split(' '));

  expect(commandLine).toMatchObject({ dataDirectory: resolve('d'), withHost: false, quiet: true, help: true });
  expect(commandLine.ports).toMatchObject({ queue: 10001, table: 20002 });
});

it.each([
  ['an unknown flag', ['--verbose'], '--verbose'],
  ['a port that is none', ['--blob-port', 'http'], '--blob-port takes a number from 1 to 65535, not "http"'],
])('refuses %s', (_, args, says) => {
  expect(() => parseCommandLine(args)).toThrow(says);
});
