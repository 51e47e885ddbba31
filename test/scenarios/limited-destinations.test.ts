/** Numbers that may not be dialed are refused by name in every way that leads to a dial, before ACS is asked. */
import { afterAll, beforeAll, expect } from 'vitest';
import { peopleFields } from '../../shared/operations/fields/people.ts';
import { operations } from '../../shared/operations/index.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { eventually } from '../support/api.ts';
import { callerId, connectedCall, ringingCall } from '../support/calls.ts';
import { dialIn, nextCaller } from '../support/incoming-calls.ts';
import { withPerson } from '../support/people.ts';
import { problemIn } from '../support/problem.ts';
import { requestOf } from '../support/situations.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { lastEntry, requestsSince, withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('sets ALLOWED_COUNTRIES for its host');
let board: Switchboard;
const [support, colleague] = ['+14255550192', '8:acs:a_b'];

/** By what the refusal names. */
const forbidden: Readonly<Record<string, string>> = {
  '+1900': '+19002345678',
  '+881': '+881612345678',
  '+979': '+979123456789',
  '+33 (FR)': '+33123456789',
  '+1 (DO)': '+18092345678',
};
/** Also as raw ids: that of a phone number, and one of a kind that only ALLOW_TEAMS_INTEROP lets pass. */
const spelled = Object.entries(forbidden).flatMap(([prefix, number], index) =>
  [number, `4:${number}`, ...(index === 0 ? [`99:${number}`] : [])].map((one) => [prefix, one] as const),
);
const all: readonly Operation[] = operations;
/** Every field of every operation that has ACS dial, and those by which someone is moved into a call. */
const dialing = all.flatMap((operation) =>
  peopleFields(operation.input)
    .filter(({ role }) => role === 'called' || operation.otherCall)
    .map(({ path }) => ({ name: operation.name, path, operation })),
);

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, ALLOWED_COUNTRIES: 'US,CA', ALLOW_TEAMS_INTEROP: 'true' });
  await board.emulator.control.put('numbers', { numbers: [callerId, support] });
});
afterAll(() => board.close());

test('createCall, addParticipant, transferCall, redirectCall and moveParticipants are the operations that dial', () => {
  const names = ['createCall', 'redirectCall', 'transferCall', 'addParticipant', 'moveParticipants'];
  expect(dialing.map(({ name }) => name)).toEqual(names);
});

test.each(dialing)('$name refuses them in $path', async ({ operation, path }) => {
  for (const [prefix, number] of spelled) {
    const request = await requestOf(board, operation, { ...withPerson({}, path, number), ...callerIdOf(operation) });
    const since = await lastEntry(board);
    const answer = await request();
    expect(problemIn(answer)).toEqual({
      problem: '422 destinationNotAllowed',
      fields: [path.replaceAll('[]', '[0]')],
    });
    expect(answer.body.errors[0].message).toContain(prefix);
    expect(answer.body.errors[0].message).not.toContain(number);
    expect(await requestsSince(board, since)).toEqual([]);
  }
});

const callerIdOf = ({ input }: Operation) => (Object.hasOwn(Object(input).shape, 'callerId') ? { callerId } : {});

test('a caller whose number may not be dialed is moved to another call all the same', async () => {
  const from = forbidden['+33 (FR)'] ?? '';
  const ringing = await dialIn(board, { from, to: callerId });
  await board.api('POST', `incoming-calls/${ringing.incomingCallId}/answer`, {}, { prefer: 'wait=20' });
  const callId = await connectedCall(board.api);
  const move = { participants: [from], fromCallId: ringing.incomingCallId };
  const moved = await board.api('POST', `calls/${callId}/participants/move`, move, { prefer: 'wait=20' });
  expect([moved.status, moved.body.status]).toEqual([200, 'succeeded']);
});

test('a rule that redirects to them is refused, and so is a sequence in a rule or in a request, by steps or by name', async () => {
  const since = await lastEntry(board);
  for (const number of Object.values(forbidden)) {
    const redirect = { kind: 'redirect', target: number, callerId };
    const rule = await board.api('PUT', 'routing-rules/abroad', { priority: 1, action: redirect });
    expect(problemIn(rule)).toEqual({ problem: '422 destinationNotAllowed', fields: ['action.target'] });
    const steps = [{ do: 'addParticipant', with: { target: number, callerId } }];
    const prompt = { text: 'a' };
    const sequences = [
      [{ callId: crypto.randomUUID(), steps }, 'steps[0].with.target'],
      [{ callId: crypto.randomUUID(), name: 'addThenCancel', input: { target: number, callerId } }, 'input.target'],
      [
        { name: 'callBack', input: { customer: support, agent: number, callerId, prompt, thanks: prompt } },
        'input.agent',
      ],
    ] as const;
    for (const [request, path] of sequences) {
      const answer = await board.api('POST', 'sequences', request);
      expect(problemIn(answer)).toEqual({ problem: '422 destinationNotAllowed', fields: [path] });
      const { callId: _, ...action } = { callId: '', ...request };
      const inRule = { priority: 1, action: { kind: 'sequence', ...action } };
      const byRule = await board.api('PUT', 'routing-rules/abroad', inRule);
      expect(problemIn(byRule)).toEqual({ problem: '422 destinationNotAllowed', fields: [`action.${path}`] });
    }
  }
  expect(await requestsSince(board, since)).toEqual([]);
});

test('a caller is called back only where that number may be dialed, however the sequence came to be', async () => {
  const steps = [{ do: 'rejectCall' }, { do: 'createCall', with: { targets: ['$input.caller'], callerId } }];
  const rule = { priority: 1, match: { to: support }, action: { kind: 'sequence', steps } };
  await board.api('PUT', 'limits', { allowedDestinations: ['CA'] });
  expect((await board.api('PUT', 'routing-rules/back', rule)).status).toBe(200);
  const since = await lastEntry(board);
  await dialIn(board, { from: forbidden['+33 (FR)'] ?? '', to: support });
  expect(await sequenceEnds()).toContain('destinationNotAllowed');
  await board.api('DELETE', 'routing-rules/back');
  await board.api('PUT', 'limits', {});
  expect(dialsIn(await requestsSince(board, since))).toEqual([]);
});

test('an orchestrator of the app does not dial them either', async () => {
  const prompt = { text: 'a' };
  const input = { customer: forbidden['+1900'], agent: colleague, callerId, prompt, thanks: prompt, attempts: 1 };
  const since = await lastEntry(board);
  expect((await board.api('POST', 'sequences', { name: 'callBack', input })).status).toBe(202);
  expect(await sequenceEnds()).toContain('destinationNotAllowed');
  expect(await requestsSince(board, since)).toEqual([]);
});

/** The newest sequence once it has ended. */
async function sequenceEnds(): Promise<string> {
  const newest = async () => (await board.api('GET', 'sequences?limit=1')).body.items[0];
  const ended = await eventually(newest, (one) => one !== undefined && one.status !== 'running');
  return JSON.stringify((await board.api('GET', `sequences/${ended.sequenceId}`)).body);
}

const dialsIn = (asked: Awaited<ReturnType<typeof requestsSince>>) =>
  asked.filter(({ path }) => path?.includes('/callConnections?'));

test('a rule that is older than the limit leaves the call ringing with the reason notAllowed, and ACS is not asked', async () => {
  const redirect = { kind: 'redirect', target: '+33123456789', callerId };
  await board.api('PUT', 'limits', { allowedDestinations: ['US', 'FR'] });
  const rule = { priority: 1, match: { to: support }, action: redirect };
  expect((await board.api('PUT', 'routing-rules/abroad', rule)).status).toBe(200);
  await board.api('PUT', 'limits', {});
  const since = await lastEntry(board);
  const ringing = await dialIn(board, { from: nextCaller(), to: support });
  expect(ringing).toMatchObject({ status: 'ringing', reason: 'notAllowed', ruleId: 'abroad' });
  const { items } = (await board.api('GET', `calls/${ringing.incomingCallId}/timeline`)).body;
  const message = 'Not redirected: +33 (FR) is not among the allowed destinations.';
  expect(items).toContainEqual(expect.objectContaining({ message }));
  expect((await requestsSince(board, since)).filter(({ path }) => path?.includes(':redirect'))).toEqual([]);
  await board.api('DELETE', 'routing-rules/abroad');
});

test('a prefix that PUT /limits names is dialed at once, also a premium one, and what it leaves out is the settings', async () => {
  const settings = (await board.api('GET', 'limits')).body;
  expect(settings).toEqual({
    allowedDestinations: ['US', 'CA'],
    maxOpenCalls: null,
    maxOpenCallsPerCallerId: null,
    maxCallsPerSecond: null,
    maxTargets: 20,
    maxCallMinutes: 240,
    maxRedirects: 5,
  });
  const put = await board.api('PUT', 'limits', { allowedDestinations: ['+1900', '+33'], maxTargets: 1 });
  expect(put.body).toEqual({ ...settings, allowedDestinations: ['+1900', '+33'], maxTargets: 1 });
  expect((await board.api('GET', 'limits')).body).toEqual(put.body);
  for (const number of [forbidden['+1900'], forbidden['+33 (FR)']]) {
    expect((await board.api('POST', 'calls', { targets: [number], callerId })).status).toBe(202);
  }
  const refused = await board.api('POST', 'calls', { targets: [support], callerId });
  expect(problemIn(refused)).toEqual({ problem: '422 destinationNotAllowed', fields: ['targets[0]'] });
  const tooMany = await board.api('POST', 'calls', { targets: [colleague, colleague], callerId });
  expect(problemIn(tooMany)).toEqual({ problem: '422 invalidInput', fields: ['targets'] });
  const redirected = { target: support, callerId };
  const incoming = await ringingCall(board);
  const answer = await board.api('POST', `incoming-calls/${incoming}/redirect`, redirected);
  expect(problemIn(answer).problem).toBe('422 destinationNotAllowed');
  expect((await board.api('PUT', 'limits', {})).body).toEqual(settings);
});

test('limits that are none are refused by name', async () => {
  const answer = await board.api('PUT', 'limits', {
    allowedDestinations: ['1425', 'USA'],
    maxTargets: 0,
    more: 1,
  });
  expect(problemIn(answer)).toEqual({
    problem: '422 invalidInput',
    fields: ['allowedDestinations[0]', 'allowedDestinations[1]', 'maxTargets', 'more'],
  });
});
