/** The commands of the command line: one for each endpoint of the API, and the request that each makes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findCommand, readArguments } from '../../../client/cli/arguments.ts';
import { type Command, commandsOf } from '../../../client/cli/commands.ts';
import { completionsAfter } from '../../../client/cli/completion.ts';
import { helpOf, overview } from '../../../client/cli/help.ts';
import { optionsOf } from '../../../client/cli/options.ts';
import { UsageError } from '../../../client/cli/usage-error.ts';

const commands = commandsOf(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
const named = (words: string) => findCommand(commands, words.split(' '));

function requestOf(line: string, among: readonly Command[] = commands) {
  const found = findCommand(among, line.split(' '));
  if (!found) {
    throw new Error(`no command: ${line}`);
  }
  return readArguments(among, found.command, found.rest).request;
}

test('each endpoint has one command, with words or a number of ids of its own', () => {
  const words = commands.map((command) => command.words.join(' '));
  const withIds = commands.map((command) => `${command.words.join(' ')} ${command.ids.length}`);

  expect(new Set(withIds).size).toBe(withIds.length);
  expect(words.filter((one) => !/^[a-z][a-z0-9.-]*( [a-z][a-z0-9-]*)*$/.test(one))).toEqual([]);
});

test.each(commands.map((command) => [command.words.join(' '), command] as const))(
  '"%s" asks for its endpoint, and its help names each option',
  (words, command) => {
    const ids = command.ids.map((_, index) => `id${index}`);
    const { method, path } = requestOf([words, ...ids].join(' '));

    expect([method, path]).toEqual([
      command.method,
      command.ids.reduce((text, id, index) => text.replace(`{${id}}`, `id${index}`), command.path),
    ]);
    const help = helpOf(command);
    expect(Object.keys(optionsOf(command)).filter((name) => !help.includes(`--${name}`))).toEqual([]);
    expect(overview(commands)).toContain(`  ${words} `);
  },
);

test.each([
  ['calls list', 'listCalls'],
  ['calls get', 'getCall'],
  ['calls hang-up', 'hangUp'],
  ['calls participants add', 'addParticipant'],
  ['calls media continuous-dtmf start', 'startContinuousDtmfRecognition'],
  ['sequences start', 'startSequence'],
  ['routing explain', 'explainRouting'],
  ['webhooks put', 'putWebhook'],
])('"%s" is the command of %s', (words, operationId) => {
  expect(named(words)?.command.operationId).toBe(operationId);
});

test('options become fields of the body, in the types of the API', () => {
  const { body, headers } = requestOf(
    'calls create --targets +14255550123 --targets 8:acs:u --caller-id +14255550100 --metadata {"ticket":"7"} --wait 5',
  );

  expect(body).toEqual({
    targets: ['+14255550123', '8:acs:u'],
    callerId: '+14255550100',
    metadata: { ticket: '7' },
  });
  expect(headers).toEqual({ prefer: 'wait=5' });
  expect(requestOf('calls hang-up c --for-everyone').body).toEqual({ forEveryone: true });
  expect(requestOf('calls hang-up c --no-for-everyone').body).toEqual({ forEveryone: false });
  expect(
    requestOf('routing-rules put r --priority 10 --action {"kind":"answer"} --body {"enabled":false}').body,
  ).toEqual({
    priority: 10,
    action: { kind: 'answer' },
    enabled: false,
  });
});

test('an operation is waited for unless --wait 0 asks not to, and headers are those of its options', () => {
  expect(requestOf('calls hang-up c').headers).toEqual({ prefer: 'wait=20' });
  expect(requestOf('calls hang-up c --wait 0 --idempotency-key k').headers).toEqual({ 'idempotency-key': 'k' });
  expect(requestOf('routing-rules delete r --if-match "1"').headers).toEqual({ 'if-match': '"1"' });
});

test('filters of a list are query parameters, and a body where the list has a search', () => {
  const others = commands.filter(({ path }) => path !== '/calls/search');
  expect(requestOf('calls list --limit 5 --status connected', others)).toMatchObject({
    path: '/calls?status=connected&limit=5',
  });
  const list = others.find(({ operationId }) => operationId === 'listCalls');
  const search = { ...list, method: 'POST', path: '/calls/search', words: ['calls', 'search'] } as Command;

  expect(requestOf('calls list --limit 5 --status connected', [...others, search])).toEqual({
    method: 'POST',
    path: '/calls/search',
    headers: {},
    body: { limit: 5, status: 'connected' },
  });
  expect(requestOf('calls list', [...others, search])).toMatchObject({ method: 'GET', path: '/calls' });
});

test.each(['--from', '--to', '--participant'])('a number in %s of a list of calls is in no URL', (option) => {
  const { method, path, body } = requestOf(`calls list ${option} +14255550123`);

  expect([method, path, body]).toEqual(['POST', '/calls/search', { [option.slice(2)]: '+14255550123' }]);
});

test.each([
  ['calls get', 'takes <callId>'],
  ['calls list one', 'takes no argument'],
  ['calls list --colour red', "Unknown option '--colour'"],
  ['routing-rules put r --priority high', '--priority takes'],
  ['calls create --body [', '--body takes a JSON object'],
])('"%s" is refused: %s', (line, says) => {
  expect(() => requestOf(line)).toThrow(says);
  expect(() => requestOf(line)).toThrow(UsageError);
});

test('ids are encoded, so that none is taken for a part of the path', () => {
  expect(requestOf('calls get a/b?c').path).toBe('/calls/a%2Fb%3Fc');
});

test('completion proposes the next word, then the options', () => {
  expect(completionsAfter(commands, [['calls', 'tail']], ['calls'])).toEqual(
    expect.arrayContaining(['list', 'get', 'tail', 'hang-up', 'participants']),
  );
  expect(completionsAfter(commands, [], ['calls', 'list'])).toEqual(expect.arrayContaining(['--status', '--json']));
  expect(completionsAfter(commands, [], ['nothing'])).toEqual([]);
});
