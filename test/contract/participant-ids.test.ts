/** A participantId stands for a participant wherever one is named: in every field of every operation, in sequences and in paths. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { peopleFields } from '../../shared/operations/fields/people.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { connectedCall, guest } from '../support/calls.ts';
import { participantIdIn, pathOfParticipant, withPerson } from '../support/people.ts';
import { problemIn } from '../support/problem.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const user = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000177';
const unknown = 'p-aaaaaaaaaaaaaaaa';

const all: readonly Operation[] = operations;
const fields = all.flatMap((operation) =>
  peopleFields(operation.input)
    .filter(({ role }) => role === 'inCall')
    .map(({ path }) => ({ name: operation.name, path, operation })),
);
let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard(withoutTimers);
});
afterAll(() => board.close());

/** The request of an operation with that text in a field, in a new call of the two. */
async function send({ operation, path }: (typeof fields)[number], who: (call: string) => Promise<string>) {
  const call = `calls/${await connectedCall(board.api, [user, guest])}`;
  const into = operation.otherCall ? `calls/${await connectedCall(board.api, [guest])}` : call;
  const input = {
    ...withPerson(operation.example, path, await who(call)),
    ...(operation.otherCall && { fromCallId: call.slice('calls/'.length) }),
  };
  const since = await lastEntry(board);
  const answer = await board.api('POST', operation.path.replace('calls/{callId}', into), input);
  return { answer, asked: JSON.stringify(await requestsSince(board, since)) };
}

test.each(fields)('$name takes a participantId in $path, and asks ACS for the participant', async (field) => {
  // Tones go to telephone parties.
  const who = field.name === 'sendDtmfTones' ? guest : user;
  const ids: string[] = [];
  const { answer, asked } = await send(field, async (call) => {
    ids.push(await participantIdIn(board.api, call, who));
    return ids.join();
  });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
  expect(asked).toContain(who);
  expect(asked).not.toContain(ids[0]);
});

test.each(fields)('$name refuses a participantId that the roster does not have in $path', async (field) => {
  const { answer, asked } = await send(field, async () => unknown);
  expect(problemIn(answer)).toEqual({ problem: '422 invalidInput', fields: [field.path.replaceAll('[]', '[0]')] });
  expect(asked).toBe('[]');
});

test.each(fields)(
  '$name refuses what is no text in $path, and no list where one is expected',
  async ({ operation, path }) => {
    const callId = await connectedCall(board.api, [user, guest]);
    const url = operation.path.replace('calls/{callId}', `calls/${callId}`);
    const [list = ''] = path.split('[]');
    const wrong = [
      withPerson(operation.example, path, 5),
      ...(list === path ? [] : [{ ...operation.example, [list]: user }]),
    ];
    for (const input of wrong) {
      const { problem, fields: refused } = problemIn(await board.api('POST', url, input));
      expect([problem, refused.some((field) => field.startsWith(list))]).toEqual(['422 invalidInput', true]);
    }
  },
);

test('a participantId of another call is unknown', async () => {
  const [one, other] = [await connectedCall(board.api), await connectedCall(board.api)];
  const id = await participantIdIn(board.api, `calls/${one}`, '+14255550177');
  const answer = await board.api('POST', `calls/${other}/participants/remove`, { participant: id });
  expect(problemIn(answer).fields).toEqual(['participant']);
});

test('the path names a participant once: a body that names one as well is refused', async () => {
  const path = await pathOfParticipant(board.api, `calls/${await connectedCall(board.api, [user, guest])}`, user);
  for (const [method, one] of [
    ['DELETE', path],
    ['POST', `${path}/mute`],
  ] as const) {
    expect(problemIn(await board.api(method, one, { participant: guest })).fields).toEqual(['participant']);
  }
});

test('a participant is muted and removed by the path of their id, once under one key', async () => {
  const call = `calls/${await connectedCall(board.api, [user, guest])}`;
  const path = await pathOfParticipant(board.api, call, user);
  const prefer = { prefer: 'wait=20' };
  expect((await board.api('POST', `${path}/mute`, {}, prefer)).body).toMatchObject({ status: 'succeeded' });
  const key = { ...prefer, 'idempotency-key': crypto.randomUUID() };
  const removed = await board.api('DELETE', path, undefined, key);
  expect(removed.body).toMatchObject({ name: 'removeParticipant', status: 'succeeded' });
  const again = await board.api('DELETE', path, undefined, key);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.body).toEqual(removed.body);
});

test('the steps and the input of a sequence take a participantId', async () => {
  const call = await connectedCall(board.api, [user, guest]);
  const [first, second] = [
    await participantIdIn(board.api, `calls/${call}`, user),
    await participantIdIn(board.api, `calls/${call}`, guest),
  ];
  const mute = { do: 'muteParticipant', with: { participant: first } };
  const remove = { do: 'removeParticipant', with: { participant: first } };
  const steps = [mute, { while: { present: second }, steps: [remove, { sendDigits: { to: second, digits: '1' } }] }];
  const since = await lastEntry(board);
  const last = [{ do: 'play', with: { sources: [{ text: 'Bye' }], to: [second] } }];
  const { body } = await board.api('POST', 'sequences', { callId: call, steps, finally: last });
  expect(body).toMatchObject({ status: 'running' });
  const ended = await eventually(
    () => board.api('GET', `sequences/${body.sequenceId}`),
    (answer) => answer.body.status !== 'running',
  );
  expect(ended.body).toMatchObject({ status: 'succeeded' });
  expect(JSON.stringify(await requestsSince(board, since))).toContain(user);
  const wrong = [
    [{ callId: call, steps: [{ do: 'hold', with: { participant: unknown } }] }, 'steps[0].with.participant'],
    [
      { callId: call, steps: [{ wait: 'PT1S' }], finally: [{ do: 'hold', with: { participant: unknown } }] },
      'finally[0].with.participant',
    ],
    [
      { callId: call, name: 'collectDigits', input: { participant: unknown, prompt: { text: 'a' }, maxTones: 1 } },
      'input.participant',
    ],
  ] as const;
  for (const [sequence, field] of wrong) {
    expect(problemIn(await board.api('POST', 'sequences', sequence)).fields).toEqual([field]);
  }
  const input = { participant: second, prompt: { text: 'a' }, maxTones: 1 };
  const named = await board.api('POST', 'sequences', { callId: call, name: 'collectDigits', input });
  expect(named.status).toBe(202);
});

test('no path names a participant by a number, and of the query parameters only the filter of a list does', () => {
  for (const { name, path, query } of endpoints.filter(({ method }) => method !== 'POST')) {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect({
      name,
      has: [...parameters, ...Object.keys(query.shape)].includes('participant') && !name.startsWith('list'),
    }).toEqual({ name, has: false });
  }
});
