/** The stream of live calls where more are live than it follows. */
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { newCallRecord } from '../../shared/calls/call.ts';
import { maxLiveCalls } from '../../shared/ledger/reads/call-feeds.ts';
import { openCallIndex } from '../../shared/storage/call-index.ts';
import { aPrefix } from '../shared/ledger/a-ledger.ts';
import { connectedCall } from '../support/calls.ts';
import { readStream } from '../support/event-stream.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('fills the index of calls');

let board: Switchboard;
const tables = aPrefix();

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, TABLE_PREFIX: tables, STREAM_POLL_MILLISECONDS: '200' });
});
afterAll(() => board.close());

test('the stream of live calls reports once when it leaves calls out, and resumes after the last call', async () => {
  const callId = await connectedCall(board.api);
  const index = openCallIndex({ connectionString: inject('storage') }, tables);
  const { messages, has, leave } = readStream(`${board.url}/api/calls/stream`);
  await has((all) => all.some(({ event }) => event === 'call'));
  expect(messages.filter(({ event }) => event === 'incomplete')).toEqual([]);
  // Their ids are the last ones, so that the call is one of those that are followed.
  const createdAt = '2026-01-01T00:00:00.000Z';
  const others = Array.from(
    { length: maxLiveCalls },
    (_, at) => `ffffffff-ffff-4fff-bfff-${String(at).padStart(12, '0')}`,
  );
  await Promise.all(
    others.map((id) => index.add(newCallRecord({ salt: id, callId: id, direction: 'outbound', createdAt }))),
  );
  await has((all) => all.some(({ event }) => event === 'incomplete'));
  const metadata = { ticket: 'after' };
  await board.api('PATCH', `calls/${callId}`, { metadata });
  await has((all) => all.some(({ data }) => data.metadata?.ticket === 'after'));
  const reported = messages.filter(({ event }) => event === 'incomplete');
  expect(reported.map(({ id, data }) => [id, data.maxCalls])).toEqual([[undefined, maxLiveCalls]]);
  leave();
});
