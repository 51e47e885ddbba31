/** The stream of a call that has more history than one query reads. */
import { type TableClient, TableTransaction } from '@azure/data-tables';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { CallRecord } from '../../shared/calls/call.ts';
import { revisionOf, revisionsPerQuery } from '../../shared/calls/revision.ts';
import { fromEntity, toEntity, toKey } from '../../shared/storage/document.ts';
import { openTable } from '../../shared/storage/tables.ts';
import { entryRow } from '../../shared/storage/timeline-rows.ts';
import { aPrefix } from '../shared/ledger/a-ledger.ts';
import { connectedCall } from '../support/calls.ts';
import { type Message, readStream } from '../support/event-stream.ts';
import { ownHostOnly } from '../support/suited.ts';
import { type Switchboard, startSwitchboard } from '../support/switchboard.ts';
import { withoutTimers } from '../support/wire.ts';

const test = ownHostOnly('fills the timeline of a call');

/** Two parts are read besides those that the instance keeps, the second one short. */
const written = 2 * revisionsPerQuery + 30;
const perTransaction = 100;

let board: Switchboard;
const tables = aPrefix();

beforeAll(async () => {
  board = await startSwitchboard({ ...withoutTimers, TABLE_PREFIX: tables, STREAM_POLL_MILLISECONDS: '200' });
});
afterAll(() => board.close());

/** Adds as many changes to a call, each with an entry of the timeline. */
async function lengthen(client: TableClient, callId: string): Promise<void> {
  const record = fromEntity<CallRecord>(await client.getEntity(toKey(callId), 'call'));
  const revision = revisionOf(record);
  const start = Date.parse('2026-01-01T00:00:00.000Z');
  for (let first = 0; first < written; first += perTransaction) {
    const transaction = new TableTransaction();
    for (let at = first; at < Math.min(first + perTransaction, written); at += 1) {
      const entry = { at: new Date(start + at).toISOString(), kind: 'sent', operation: 'play' } as const;
      // The first ones are written in pairs: a client may be cut off within a change.
      const change = at < 20 ? at - (at % 2) : at;
      transaction.createEntity(entryRow(toKey(callId), { ...entry, operationId: `play-${at}` }, revision + 1 + change));
    }
    await client.submitTransaction(transaction.actions);
  }
  await client.updateEntity(toEntity(toKey(callId), 'call', { ...record, revision: revision + written }), 'Replace');
}

const addedIn = (messages: readonly Message[]) =>
  messages.filter(({ data }) => String(data.operationId).startsWith('play-'));

const rangesIn = (passed: ReturnType<Switchboard['storage']['take']>) =>
  passed
    .filter(({ path }) => decodeURIComponent(path).includes('revision gt'))
    .map(({ path }) => {
      const [, after, upTo] = /revision gt (-?\d+) and revision le (\d+)/.exec(decodeURIComponent(path)) ?? [];
      return Number(upTo) - Number(after);
    });

test('the stream of a long call sends its whole history, each query of which reads a bounded part, and resumes within it', async () => {
  const callId = await connectedCall(board.api);
  await openTable({ connectionString: inject('storage') }, `${tables}calls`).run((client) => lengthen(client, callId));
  board.storage.take();
  const { messages, has, leave } = readStream(`${board.url}/api/calls/${callId}/stream`);
  await has((all) => all.some(({ event }) => event === 'call'));
  leave();
  const numbers = addedIn(messages).map(({ data }) => Number(data.operationId.slice('play-'.length)));
  expect(numbers).toEqual(Array.from({ length: written }, (_, at) => at));
  const ranges = rangesIn(board.storage.take());
  expect(ranges.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...ranges)).toBeLessThanOrEqual(revisionsPerQuery);

  const cut = messages.findIndex(({ data }) => data.operationId === 'play-6');
  const second = readStream(`${board.url}/api/calls/${callId}/stream`, messages[cut]?.id);
  await second.has((all) => all.some(({ event }) => event === 'call'));
  second.leave();
  expect(second.messages.map(({ id }) => id)).toEqual(messages.slice(cut + 1).map(({ id }) => id));
});
