/** What the command line prints for people. */
import { expect, test } from 'vitest';
import { bodyInWords, type Paint, problemInWords } from '../../../client/cli/print.ts';
import { eventsIn, type ServerSentEvent } from '../../../client/cli/server-sent-events.ts';
import { eventInWords } from '../../../client/cli/tail.ts';

const plain: Paint = (_, text) => text;
const marked: Paint = (style, text) => `<${style}>${text}</>`;

test('a list is a table with the id of its items in front', () => {
  const items = [
    { correlationId: 'x', callId: 'c1', status: 'connected', to: ['+14255550123'], from: '+14255550100', roster: [{}] },
    { correlationId: 'y', callId: 'c22', status: 'failed', to: [] },
  ];

  expect(`\n${bodyInWords({ items, nextCursor: 'n' }, plain, 'callId')}`).toBe(`
callId  status     from          to            correlationId
c1      connected  +14255550100  +14255550123  x
c22     failed                                 y
more: --cursor n`);
  expect(bodyInWords({ items: [] }, plain)).toBe('none');
  expect(bodyInWords({ items: ['a'] }, plain)).toBe('value\na');
});

test('a resource is a line for each member, with what it contains below', () => {
  const body = {
    callId: 'c1',
    status: 'connected',
    to: ['a', 'b'],
    tags: [],
    absent: undefined,
    end: { acsCode: 200 },
    roster: [{ role: 'target' }, 3],
  };

  expect(`\n${bodyInWords(body, plain)}`).toBe(`
callId  c1
status  connected
to      a, b
tags    none
end
  acsCode  200
roster
  1
    role  target
  2
    3`);
  expect(bodyInWords({ status: 'failed' }, marked)).toBe('<cyan>status</>  <red>failed</>');
  expect(bodyInWords('text', plain)).toBe('text');
});

test('a problem shows every wrong field, every other member, what to do and where its code is explained', () => {
  const problem = {
    type: 'https://docs/problems.md#rateLimited',
    title: 'Too many requests',
    status: 429,
    code: 'rateLimited',
    detail: 'Wait.',
    errors: [{ path: 'targets[0]', message: 'no number' }],
    correlationId: 'c',
  };

  expect(`\n${problemInWords(429, problem, plain)}`).toBe(`
429 rateLimited: Too many requests
Wait.
  targets[0]: no number
  correlationId  c
what to do: retry later
what it means: https://docs/problems.md#rateLimited`);
});

test('an answer that is no problem is printed with its status and text', () => {
  expect(problemInWords(502, ' bad gateway\n', plain)).toBe('The API answered 502.\nbad gateway');
  expect(problemInWords(500, undefined, plain)).toBe('The API answered 500.');
});

async function read(...chunks: readonly string[]) {
  const body = (async function* () {
    yield* chunks.map((chunk) => new TextEncoder().encode(chunk));
  })();
  const events: ServerSentEvent[] = [];
  for await (const event of eventsIn(body)) {
    events.push(event);
  }
  return events;
}

test('events of a stream are read whole, however they are cut, and comments are skipped', async () => {
  expect(await read(': hi\n\nid: 1\nevent: e\nda', 'ta: {"a":\ndata: 1}\n\nretry: 50\r\n\r\ndata: late')).toEqual([
    { id: '1', event: 'e', data: '{"a":\n1}' },
    { data: '', retryMs: 50 },
  ]);
});

test('an event of a stream is a line', () => {
  const line = (event: string | undefined, data: object) =>
    eventInWords({ ...(event !== undefined && { event }), data: JSON.stringify(data) }, plain);

  expect(line('call', { from: '+1', callId: 'c', status: 'connected', roster: [] })).toBe('call      c  connected  +1');
  expect(line('timeline', { at: '10:00', kind: 'settled', operation: 'play', status: 'failed' })).toBe(
    'timeline  10:00  settled  play  failed',
  );
  expect(line(undefined, { a: 1 })).toBe('message   {"a":1}');
});
