import { expect, it } from 'vitest';
import { parseCommandLine } from '../../../local/host/command-line.ts';

it('serves the current folder in text by default', () => {
  expect(parseCommandLine([])).toEqual({ root: '.', log: 'text', enableAuth: false, watch: false, help: false });
});

it('takes every option', () => {
  const args = '--root app --main f/*.ts --port 0 --data d --enableAuth --watch --log json --help'.split(' ');

  expect(parseCommandLine(args)).toEqual({
    root: 'app',
    main: 'f/*.ts',
    port: 0,
    dataDirectory: 'd',
    enableAuth: true,
    watch: true,
    log: 'json',
    help: true,
  });
});

it.each([
  ['an unknown flag', ['--verbose'], /--verbose[\s\S]*Usage:/],
  ['a port that is none', ['--port', 'http'], '--port takes a number from 0 to 65535, not "http"'],
  ['an unknown log format', ['--log', 'xml'], '--log takes text, json, off, not "xml"'],
])('refuses %s', (_, args, says) => {
  expect(() => parseCommandLine(args)).toThrow(says);
});
