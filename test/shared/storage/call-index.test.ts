/** The index of calls: whatever changes of a call, it has the rows of what is true now, and none when the call is gone. */
import { TableClient } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import type { CallRecord } from '../../../shared/calls/call.ts';
import { callLists, termsOf } from '../../../shared/calls/facets.ts';
import { openCallIndex } from '../../../shared/storage/call-index.ts';
import { openKeyedHash } from '../../../shared/storage/keyed-hash.ts';
import { startProxy } from '../../support/proxy.ts';
import { storageUrl } from '../../support/switchboard.ts';
import { aCall } from '../calls/stories.ts';
import { anIntent, aPrefix } from '../ledger/a-ledger.ts';

const storage = { connectionString: inject('storage') };

/** An index with a table of its own, the keys of its rows of calls, and the statuses under which it has a call. */
function anIndex(prefix = aPrefix()) {
  const index = openCallIndex(storage, prefix);
  const table = TableClient.fromConnectionString(storage.connectionString, `${prefix}callIndex`, {
    allowInsecureConnection: true,
  });
  const keys = async () => {
    const all: string[] = [];
    for await (const { rowKey } of table.listEntities({ queryOptions: { filter: "PartitionKey eq 'calls'" } })) {
      all.push(String(rowKey));
    }
    return all;
  };
  const found = async (facet: string, value: string) =>
    (await index.search({ list: 'calls', facet, value }, 'newest', {}, 10, undefined)).items.length;
  return { index, keys, found, prefix };
}

const person = (number: number) => `+1425555${String(number).padStart(4, '0')}`;
const there = (count: number): Partial<CallRecord> => ({
  roster: Object.fromEntries(Array.from({ length: count }, (_, one) => [person(one), { role: 'joined' as const }])),
});
const aNewCall = (over: Partial<CallRecord> = {}) =>
  aCall({ callId: anIntent().operationId, status: 'connecting', ...there(2), ...over });
const never = () => Promise.reject(new Error('no other process has written'));

/** Two rows for each term, and the one of housekeeping. */
const rowsOf = (call: CallRecord) => 2 * termsOf(call).length + 1;

/** Of a call that is over also the one by which its digits and words are found when their time is over. */
const rowsOfOver = (call: CallRecord) => rowsOf(call) + 1;

test('a change removes the rows of what is no longer true, in one transaction with those that are new', async () => {
  const { index, keys, found } = anIndex();
  const call = aNewCall();
  await index.add(call);
  expect(await keys()).toHaveLength(rowsOf(call));
  const connected = { ...call, status: 'connected' as const, ...there(3), callConnectionId: 'c' };
  await index.update(call, connected, never);
  expect(await keys()).toHaveLength(rowsOf(connected));
  expect([await found('status', 'connecting'), await found('status', 'connected')]).toEqual([0, 1]);
  expect([await found('participant', person(2)), await found('callConnectionId', 'c')]).toEqual([1, 1]);
});

test.each([
  ['a usual call', 2],
  ['a call of more people than a transaction takes rows', 60],
])('of %s nothing is left in the index when it is removed', async (_, count) => {
  const { index, keys } = anIndex();
  const call = aNewCall(there(count));
  const { terms } = await index.add(call);
  const ended = { ...call, status: 'disconnected' as const, ...there(count + 2) };
  await index.update(call, ended, never);
  await index.close(ended, terms);
  const [over] = await index.listOver(10);
  expect(await keys()).toHaveLength(rowsOfOver(ended));
  await index.remove(over ?? { ...ended, overSince: '', terms: [] }, ended);
  expect(await keys()).toEqual([]);
});

test('closing a call indexes what was left out, and removes what was left behind', async () => {
  const { index, keys, found } = anIndex();
  const call = aNewCall();
  const { terms } = await index.add(call);
  const ended = { ...call, status: 'disconnected' as const, serverCallId: 's' };
  await index.close(ended, terms);
  expect(await keys()).toHaveLength(rowsOfOver(ended));
  expect([await found('status', 'connecting'), await found('status', 'disconnected')]).toEqual([0, 1]);
  expect(await found('serverCallId', 's')).toBe(1);
});

test('a call that changes after it was over keeps no row of before, and is closed anew', async () => {
  const { index, keys, found } = anIndex();
  const call = aNewCall({ status: 'failed' });
  const { terms } = await index.add(call);
  await index.close(call, terms);
  const ended = { ...call, status: 'disconnected' as const };
  await index.update(call, ended, never);
  expect([await found('status', 'failed'), await found('status', 'disconnected')]).toEqual([0, 1]);
  const [open] = (await index.listOpen(10, undefined)).items;
  await index.close(ended, open?.terms ?? []);
  expect(await keys()).toHaveLength(rowsOfOver(ended));
});

test('a call that was revived after it was over has the rows of an open call', async () => {
  const { index, keys } = anIndex();
  const call = aNewCall({ status: 'failed' });
  const { terms } = await index.add(call);
  await index.close(call, terms);
  const revived = { ...call, status: 'connected' as const };
  await index.reopen(revived, new Date().toISOString());
  await index.update(call, revived, never);
  const [over] = await index.listOver(10);
  await index.dropOver(over ?? { ...call, overSince: '', terms: [] }, revived);
  // What is kept apart stays listed: when it is due, the call is looked at, and is not over.
  const open = (await keys()).filter((key) => !key.startsWith('content:'));
  expect(open).toHaveLength(rowsOf(revived));
});

test('of two processes that index a call at once, the later state counts', async () => {
  const { index, keys, found, prefix } = anIndex();
  const call = aNewCall();
  await index.add(call);
  const later = { ...call, status: 'connected' as const, ...there(3) };
  const others = Array.from({ length: 4 }, (_, one) => {
    const { index: other } = anIndex(prefix);
    return other.update(call, { ...call, serverCallId: `s${one}` }, async () => ({ record: later }));
  });
  await Promise.all(others);
  await index.update(call, later, async () => ({ record: later }));
  expect(await found('status', 'connected')).toBe(1);
  expect(await keys()).toHaveLength(rowsOf(later));
});

test('a row that is gone already keeps nothing else from being written', async () => {
  const { index, found, prefix } = anIndex();
  const call = aNewCall();
  await index.add(call);
  const table = TableClient.fromConnectionString(storage.connectionString, `${prefix}callIndex`, {
    allowInsecureConnection: true,
  });
  for await (const { rowKey } of table.listEntities()) {
    await (String(rowKey).startsWith('calls.status') && table.deleteEntity('calls', String(rowKey)));
  }
  const ended = { ...call, status: 'disconnected' as const };
  await index.update(call, ended, async () => ({ record: ended }));
  expect(await found('status', 'disconnected')).toBe(1);
});

test('no value of a call is part of a key', async () => {
  const { index, keys } = anIndex();
  const call = aNewCall({
    direction: 'inbound',
    correlationId: 'id-of-correlation',
    serverCallId: 'id-of-server',
    callConnectionId: 'id-of-connection',
    from: person(7),
    to: [person(8)],
    context: 'order 7',
    incoming: { from: person(7), to: person(8), context: 'opaque', status: 'answered', receivedAt: aCall().createdAt },
  });
  await index.add(call);
  const values = Object.values(callLists).flatMap(({ facets }) => Object.values(facets).flatMap(({ of }) => of(call)));
  const text = (await keys()).join('\n');
  for (const value of values.filter((one) => one !== undefined)) {
    expect(text).not.toContain(value);
    expect(text).not.toContain(value.replace('+', ''));
  }
});

test('all processes hash alike, also those that start together, and another deployment hashes otherwise', async () => {
  const table = `${aPrefix()}callIndex`;
  const hashes = await Promise.all(Array.from({ length: 5 }, () => openKeyedHash(storage, table)('+14255550123')));
  expect(new Set(hashes).size).toBe(1);
  expect(await openKeyedHash(storage, table)('+14255550123')).toBe(hashes[0]);
  expect(await openKeyedHash(storage, `${aPrefix()}callIndex`)('+14255550123')).not.toBe(hashes[0]);
});

test('a hash whose key could not be read reads it again', async () => {
  const tables = await startProxy(storageUrl('Table'));
  tables.down = true;
  const connectionString = storage.connectionString.replace(storageUrl('Table'), tables.url);
  const hash = openKeyedHash({ connectionString, timeoutMs: 500 }, `${aPrefix()}callIndex`);
  await expect(hash('a')).rejects.toMatchObject({ code: 'storageUnavailable' });
  tables.down = false;
  expect(await hash('a')).toHaveLength(22);
  await tables.close();
});
