/** The timeline of a call states who asked for what, what happened and why, and names no one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timelineEntrySchema } from '../../shared/calls/timeline.ts';
import { eventually } from '../support/api.ts';
import { connectedCall } from '../support/calls.ts';
import { nextCaller } from '../support/incoming-calls.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';

let board: Switchboard;

beforeAll(async () => {
  board = await startSwitchboard();
});
afterAll(() => board.close());

type Entry = ReturnType<typeof timelineEntrySchema.parse>;

async function timelineOf(callId: string): Promise<Entry[]> {
  const { body } = await board.api('GET', `calls/${callId}/timeline?limit=200`);
  return body.items.map((item: unknown) => timelineEntrySchema.parse(item));
}

test('a call that a rule answers says which rule, and why each operation settled', async () => {
  const from = nextCaller();
  const match = { from };
  await board.api('PUT', 'routing-rules/timeline', { priority: 1, match, action: { kind: 'answer' } });
  await board.emulator.control.post('incoming-calls', { from, to: '+14255550100' });
  const { items } = await eventually(
    async () => (await board.api('GET', 'calls')).body,
    (list) =>
      list.items.some((one: { from?: string; status: string }) => one.from === from && one.status === 'connected'),
  );
  const { callId } = items.find((one: { from?: string }) => one.from === from);
  await board.api('POST', `calls/${callId}/hang-up`, { forEveryone: true }, { prefer: 'wait=20' });
  const entries = await timelineOf(callId);
  expect(entries).toContainEqual(
    expect.objectContaining({ kind: 'routed', action: 'answer', ruleId: 'timeline', why: 'rule timeline' }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({
      kind: 'requested',
      operation: 'answerCall',
      requestedBy: { kind: 'rule', id: 'timeline' },
      ruleId: 'timeline',
    }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({ kind: 'requested', operation: 'hangUp', input: { forEveryone: true } }),
  );
  const unexplained = entries.filter(({ kind, why }) => kind !== 'sent' && why === undefined);
  expect(unexplained).toEqual([]);
  expect(JSON.stringify(entries)).not.toContain(from.slice(1));
});

test('a sequence shows where it starts and ends in the call, and the step behind each operation', async () => {
  const callId = await connectedCall(board.api);
  const steps = [{ id: 'chime', do: 'play', with: { sources: [{ text: 'Planted words' }] } }];
  const { body } = await board.api('POST', 'sequences', { callId, steps });
  const { sequenceId } = body;
  const entries = await eventually(
    () => timelineOf(callId),
    (all) => all.some(({ kind }) => kind === 'sequenceEnded'),
  );
  expect(entries.filter((entry) => entry.sequenceId === sequenceId)).toEqual([
    expect.objectContaining({ kind: 'sequenceStarted' }),
    expect.objectContaining({
      kind: 'requested',
      requestedBy: { kind: 'sequence', id: sequenceId },
      why: expect.stringContaining('step chime'),
      input: { sources: 1 },
    }),
    expect.objectContaining({ kind: 'sequenceEnded', message: 'succeeded' }),
  ]);
  expect(JSON.stringify(entries)).not.toContain('Planted');
});

test('as text it is a line for each entry, and the cursor of the next page', async () => {
  const callId = await connectedCall(board.api);
  const { body, headers } = await board.api('GET', `calls/${callId}/timeline?format=text`);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const lines = String(body).trimEnd().split('\n');
  expect(lines).toHaveLength((await timelineOf(callId)).length);
  expect(lines[0]).toMatch(/^ +\d+\.\d{3} s {2}app {5}stores the intent of createCall, by a request to the API$/);
  expect(String(body)).toMatch(/ s {2}ACS {5}sends CallConnected\n/);
  const first = await board.api('GET', `calls/${callId}/timeline?format=text&limit=1`);
  const cursor = String(first.body).match(/^more with cursor=(\S+)$/m)?.[1] ?? '';
  const second = await board.api(
    'GET',
    `calls/${callId}/timeline?format=text&limit=1&cursor=${encodeURIComponent(cursor)}`,
  );
  expect(String(second.body).split('\n')[0]).toBe(lines[1]);
});
