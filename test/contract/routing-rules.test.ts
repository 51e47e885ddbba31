/** Routing rules over HTTP: created, replaced, read, listed, deleted, refused, explained. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openRoutingRules } from '../../shared/storage/routing-rules.ts';
import { aPrefix } from '../shared/ledger/a-ledger.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

let board: Switchboard;
const tables = aPrefix();
const rule = { priority: 10, action: { kind: 'leave' } };

beforeAll(async () => {
  board = await published(await startSwitchboard({ ...withoutTimers, TABLE_PREFIX: tables }));
});
afterAll(() => board.close());

test('a rule is created with its defaults, replaced whole, read and deleted', async () => {
  const created = await board.api('PUT', 'routing-rules/night', { ...rule, match: { from: '4:+14255550123' } });
  const stored = {
    ruleId: 'night',
    priority: 10,
    enabled: true,
    match: { from: '+14255550123' },
    action: { kind: 'leave' },
  };
  expect(created).toMatchObject({ status: 200, body: stored });
  expect((await board.api('GET', 'routing-rules/night')).body).toEqual(stored);
  const replaced = { priority: 1, enabled: false, action: { kind: 'reject', reason: 'busy' } };
  await board.api('PUT', 'routing-rules/night', replaced);
  expect((await board.api('GET', 'routing-rules/night')).body).toEqual({ ruleId: 'night', match: {}, ...replaced });
  expect((await board.api('DELETE', 'routing-rules/night')).status).toBe(204);
  for (const method of ['GET', 'DELETE']) {
    expect(problemIn(await board.api(method, 'routing-rules/night')).problem).toBe('404 routingRuleNotFound');
  }
});

test('rules are listed by id, a page at a time', async () => {
  const ids = ['a', 'a-1', 'B.2', 'z_9'];
  expect((await board.api('GET', 'routing-rules')).body).toEqual({ items: [] });
  for (const id of ids) {
    await board.api('PUT', `routing-rules/${id}`, rule);
  }
  const first = (await board.api('GET', 'routing-rules?limit=3')).body;
  const second = (await board.api('GET', `routing-rules?limit=3&cursor=${first.nextCursor}`)).body;
  const listed = [...first.items, ...second.items].map(({ ruleId }) => ruleId);
  expect(first.items).toHaveLength(3);
  expect(second.nextCursor).toBeUndefined();
  expect(listed).toEqual(['B.2', 'a', 'a-1', 'z_9']);
});

test.each([
  ['no fields', {}, ['action', 'priority']],
  ['no object', [], ['', 'action', 'priority']],
  [
    'fields of the wrong kind',
    { priority: 1.5, enabled: 'yes', match: 7, action: {} },
    ['action.kind', 'enabled', 'match', 'priority'],
  ],
  [
    'a wrong match',
    { ...rule, match: { to: 'me', toPrefix: '+', colour: 1 } },
    ['match.colour', 'match.to', 'match.toPrefix'],
  ],
  ['a header without a value', { ...rule, match: { header: { key: '' } } }, ['match.header.key', 'match.header.value']],
  [
    'a wrong schedule',
    { ...rule, match: { schedule: { timeZone: 'Berlin', days: ['Mon'], from: '9:00' } } },
    ['match.schedule.days[0]', 'match.schedule.from', 'match.schedule.timeZone', 'match.schedule.to'],
  ],
  [
    'an action whose events may not go where it says',
    { ...rule, action: { kind: 'answer', notifyUrl: 'https://10.0.0.1/events' } },
    ['action.notifyUrl'],
  ],
  [
    'a sequence whose events may not go where it says',
    {
      ...rule,
      priority: -1,
      action: {
        kind: 'sequence',
        steps: [{ do: 'answerCall', with: { notifyUrl: 'https://10.0.0.1/events' } }, { do: 'sing' }],
      },
    },
    ['action.steps[0].with.notifyUrl', 'action.steps[1].do', 'priority'],
  ],
  ['an unknown action', { ...rule, action: { kind: 'sing' } }, ['action.kind']],
  [
    'media options that ACS would not take',
    { ...rule, action: { kind: 'answer', mediaStreaming: { transportUrl: 'http://example.com' } } },
    ['action.mediaStreaming.transportUrl'],
  ],
  ['an action with a field of another', { ...rule, action: { kind: 'leave', reason: 'busy' } }, ['action.reason']],
  ['a wrong reason', { ...rule, action: { kind: 'reject', reason: 'asleep' } }, ['action.reason']],
  [
    'a redirect without caller id',
    { ...rule, action: { kind: 'redirect', target: '+14255550123' } },
    ['action.callerId'],
  ],
])('a rule with %s is refused, naming where', async (_, body, fields) => {
  const { problem, fields: named } = problemIn(await board.api('PUT', 'routing-rules/bad', body));
  expect(problem).toBe('422 invalidInput');
  expect([...named].sort()).toEqual(fields);
  expect((await board.api('GET', 'routing-rules/bad')).status).toBe(404);
});

test.each(['-a', 'a b', "o'b", 'ä', 'x'.repeat(65), 'a%2Fb'])(
  'a rule cannot be called %s, and that is reported with its other errors',
  async (id) => {
    const path = `routing-rules/${id.includes('%') ? id : encodeURIComponent(id)}`;
    expect(problemIn(await board.api('PUT', path, rule)).fields).toEqual(['ruleId']);
    expect(problemIn(await board.api('PUT', path, {})).fields).toContain('priority');
  },
);

test('a rule is JSON', async () => {
  expect(problemIn(await board.api('PUT', 'routing-rules/bad', '{')).problem).toBe('400 invalidJson');
  expect(problemIn(await board.api('PUT', 'routing-rules/bad', '{}', { 'content-type': 'text/plain' })).problem).toBe(
    '415 unsupportedMediaType',
  );
});

test('a rule that starts a sequence keeps it as it was given, and is explained with it', async () => {
  const action = {
    kind: 'sequence',
    steps: [{ do: 'answerCall' }, { do: 'play', with: { sources: [{ text: '$input.words' }] } }],
    input: { words: 'hello' },
    finally: [{ do: 'hangUp' }],
  };
  expect(await board.api('PUT', 'routing-rules/ivr', { priority: 1, action })).toMatchObject({
    status: 200,
    body: { action },
  });
  const asked = { from: '+14255550123', to: '+14255550100' };
  expect((await board.api('POST', 'routing-rules/explain', asked)).body).toMatchObject({ ruleId: 'ivr', action });
  await board.api('DELETE', 'routing-rules/ivr');
});

test.each([
  ['neither name nor steps', {}, ['action']],
  ['an unknown name', { name: 'sing' }, ['action.name']],
  ['a call of its own', { callId: 'a', steps: [{ wait: 'PT1S' }] }, ['action.callId']],
  ['an input that lacks something', { name: 'collectDigits', input: { maxTones: 4 } }, ['action.input.prompt']],
  [
    'steps with faults',
    { steps: [{ do: 'sing' }, { wait: 'soon' }], finally: [{}] },
    ['action.finally[0]', 'action.steps[0].do', 'action.steps[1].wait'],
  ],
])('a rule that starts a sequence with %s is refused, naming where', async (_, request, fields) => {
  const answer = await board.api('PUT', 'routing-rules/bad', { ...rule, action: { kind: 'sequence', ...request } });
  const { problem, fields: named } = problemIn(answer);
  expect({ problem, fields: [...named].sort() }).toEqual({ problem: '422 invalidInput', fields });
});

test('a rule can be called explain', async () => {
  expect((await board.api('PUT', 'routing-rules/explain', rule)).status).toBe(200);
  expect((await board.api('GET', 'routing-rules/explain')).body).toMatchObject({ ruleId: 'explain' });
  expect((await board.api('DELETE', 'routing-rules/explain')).status).toBe(204);
});

test.each([
  ['nothing', {}, ['from', 'to']],
  ['no object', [], ['', 'from', 'to']],
  ['wrong fields', { from: 'me', to: '4:', at: 'noon', colour: 1 }, ['at', 'colour', 'from', 'to']],
  [
    'wrong headers',
    { from: '+14255550123', to: '+14255550100', customContext: [{ kind: 'sipx', key: 'a b', value: '' }] },
    ['customContext[0].key'],
  ],
])('explaining %s is refused, naming where', async (_, body, fields) => {
  const { problem, fields: named } = problemIn(await board.api('POST', 'routing-rules/explain', body));
  expect({ problem, fields: [...named].sort() }).toEqual({ problem: '422 invalidInput', fields });
});

test('explaining a call that cannot be read is refused like any body', async () => {
  expect(problemIn(await board.api('POST', 'routing-rules/explain', '{')).problem).toBe('400 invalidJson');
});

test('a query that spells the id in another case is refused, and changes no rule', async () => {
  await board.api('PUT', 'routing-rules/spelled', rule);
  for (const method of ['PUT', 'DELETE']) {
    const answer = await board.api(method, 'routing-rules/spelled?RULEID=other', method === 'PUT' ? rule : undefined);
    expect(problemIn(answer).fields).toEqual(['RULEID']);
  }
  expect((await board.api('GET', 'routing-rules/spelled')).body.ruleId).toBe('spelled');
  expect((await board.api('GET', 'routing-rules/other')).status).toBe(404);
  expect((await board.api('DELETE', 'routing-rules/spelled')).status).toBe(204);
});

ownHostOnly('fills the table of rules')('there are 500 rules at most', async () => {
  const { items } = (await board.api('GET', 'routing-rules')).body;
  await Promise.all(items.map(({ ruleId }: { ruleId: string }) => board.api('DELETE', `routing-rules/${ruleId}`)));
  const store = openRoutingRules({ connectionString: inject('storage') }, tables);
  const stored = { priority: 1, enabled: true, match: {}, action: { kind: 'leave' } } as const;
  await Promise.all(Array.from({ length: 499 }, (_, at) => store.put({ ruleId: `r${at}`, ...stored })));
  expect((await board.api('PUT', 'routing-rules/last', rule)).status).toBe(200);
  const refused = await board.api('PUT', 'routing-rules/more', rule);
  expect(problemIn(refused).problem).toBe('409 tooManyRoutingRules');
  expect(refused.body.detail).toContain('delete one');
  expect((await board.api('GET', 'routing-rules/more')).status).toBe(404);
  expect((await board.api('PUT', 'routing-rules/r7', rule)).status).toBe(200);
  expect((await board.api('DELETE', 'routing-rules/r8')).status).toBe(204);
  expect((await board.api('PUT', 'routing-rules/more', rule)).status).toBe(200);
});
