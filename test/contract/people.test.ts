/** People in requests: each person in a call is taken everywhere, and who ACS does not support is refused before ACS is asked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PersonField, peopleFields } from '../../shared/operations/fields/people.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { withPerson } from '../support/people.ts';
import { problemIn } from '../support/problem.ts';
import { requestOf } from '../support/situations.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';
import { published } from './published.ts';

const all: readonly Operation[] = operations;
const fields = all.flatMap((operation) =>
  peopleFields(operation.input).map((field) => ({ ...field, operation, name: operation.name })),
);
let board: Switchboard;

beforeAll(async () => {
  board = await published(await startSwitchboard(withoutTimers));
});
afterAll(() => board.close());

/** Sends the request of an operation with that person in a field; its answer, and what was asked of ACS for it. */
async function send({ operation, path }: PersonField & { readonly operation: Operation }, one: string) {
  const request = await requestOf(board, operation, withPerson({}, path, one));
  const since = await lastEntry(board);
  const answer = await request();
  return { answer, asked: await requestsSince(board, since) };
}

test.each(fields)('$name refuses Teams users, Teams apps and unknown kinds in $path', async (field) => {
  for (const one of ['8:orgid:45ab2481', '28:orgid:45ab2481', '8:acs:1_2_3', '99:later']) {
    const { answer, asked } = await send(field, one);
    expect(problemIn(answer)).toEqual({ problem: '422 notSupported', fields: [field.path.replaceAll('[]', '[0]')] });
    expect(answer.body.errors[0].message).toMatch(one === '99:later' ? /unknown/ : /Control mid-call media actions/);
    expect(asked).toEqual([]);
  }
});

test.each(fields)('$name asks ACS for a withheld number in $path exactly when it is $role: inCall', async (field) => {
  for (const one of ['4:anonymous', '4:+14255550123_207ffef6-9444-41fb-92ab-20eacaae2768']) {
    const { answer, asked } = await send(field, one);
    if (field.role === 'called' || field.name === 'muteParticipant') {
      const { problem, fields: wrong } = problemIn(answer);
      expect(problem).toBe('422 invalidInput');
      expect(wrong).toContain(field.path.replaceAll('[]', '[0]'));
      expect(asked).toEqual([]);
    } else {
      expect(JSON.stringify(asked[0]?.body)).toContain(`"rawId":"${one}"`);
    }
  }
});

test('a sequence, a rule and a redirect by a rule refuse them as well', async () => {
  const agent = { customer: '4:anonymous', agent: '8:orgid:45ab2481' };
  const rule = (action: object) => board.api('PUT', 'routing-rules/teams', { priority: 1, action });
  const sequences = [
    [{ name: 'warmTransfer', input: agent }, 'input.agent'],
    [{ steps: [{ do: 'play', with: { sources: [{ text: 'a' }], to: ['28:orgid:1'] } }] }, 'steps[0].with.to[0]'],
    [
      {
        name: 'callBack',
        input: {
          customer: '+14255550123',
          agent: '99:later',
          callerId: '+14255550100',
          prompt: { text: 'a' },
          thanks: { text: 'a' },
        },
      },
      'input.agent',
    ],
  ] as const;
  for (const [request, path] of sequences) {
    const callId = 'name' in request && request.name === 'callBack' ? {} : { callId: crypto.randomUUID() };
    const answer = await board.api('POST', 'sequences', { ...request, ...callId });
    expect(problemIn(answer)).toEqual({ problem: '422 notSupported', fields: [path] });
    const byRule = problemIn(await rule({ kind: 'sequence', ...request }));
    expect(byRule).toEqual({ problem: '422 notSupported', fields: [`action.${path}`] });
  }
  const redirect = problemIn(await rule({ kind: 'redirect', target: '8:orgid:45ab2481' }));
  expect(redirect).toEqual({ problem: '422 notSupported', fields: ['action.target'] });
});

test('a request with other errors lists these as well', async () => {
  const answer = problemIn(await board.api('POST', 'calls', { targets: ['8:orgid:1', 'me'] }));
  expect(answer).toEqual({ problem: '422 invalidInput', fields: expect.arrayContaining(['targets[0]', 'targets[1]']) });
});

test('a rule matches a Teams user who calls: nothing is asked of ACS for them', async () => {
  const rule = { priority: 1, match: { from: '8:orgid:45ab2481' }, action: { kind: 'reject' } };
  expect((await board.api('PUT', 'routing-rules/teams', rule)).status).toBe(200);
});
