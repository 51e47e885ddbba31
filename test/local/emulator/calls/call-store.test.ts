/** The store removes ended calls by age and by number, and never one that runs. */

import { expect, test } from 'vitest';
import { CallStore } from '../../../../local/emulator/calls/call-store.ts';
import type { Connection } from '../../../../local/emulator/calls/model.ts';
import { newServerCall } from '../../../../local/emulator/calls/server-call.ts';
import { manualClock } from '../../../../local/emulator/clock.ts';
import { Random } from '../../../../local/emulator/random.ts';

const HOUR_MS = 3600 * 1000;

function aStore() {
  const clock = manualClock();
  const random = new Random(1);
  const store = new CallStore(clock, () => false);
  const connect = (isEnded: boolean): Connection => {
    const call = store.addCall(newServerCall(random, clock.now()));
    const connection: Connection = {
      callConnectionId: random.guid(),
      correlationId: call.correlationId,
      terms: { apiVersion: '1', callbackUri: 'http://app.example/', targets: [] },
      invitations: new Map(),
      call,
      state: isEnded ? 'disconnected' : 'connected',
      endedAtMs: isEnded ? clock.now() : undefined,
    };
    call.connections.add(connection);
    store.addConnection(connection);
    if (isEnded) {
      store.retire(connection);
    }
    return connection;
  };
  return { clock, store, connect };
}

test('people without a script are removed after an hour', async () => {
  const { clock, store, connect } = aStore();
  const [left, held] = [connect(false).call, connect(false).call];
  left.connections.clear();
  await clock.advance(HOUR_MS + 1);
  connect(false);

  expect(store.running(left.serverCallId)).toBeUndefined();
  expect(store.running(held.serverCallId)).toBe(held);
});

test('an ended call is removed an hour later, a running one never', async () => {
  const { clock, store, connect } = aStore();
  const [ended, running] = [connect(true), connect(false)];
  await clock.advance(HOUR_MS);
  connect(true);
  expect(store.connection(ended.callConnectionId)).toBe(ended);
  await clock.advance(1);
  connect(true);

  expect(store.connection(ended.callConnectionId)).toBeUndefined();
  expect(store.connection(running.callConnectionId)).toBe(running);
});

test('no more than a thousand ended calls are kept, the latest', () => {
  const { store, connect } = aStore();
  const ended = Array.from({ length: 1100 }, () => connect(true));

  expect(store.connection(ended[0]?.callConnectionId ?? '')).toBeUndefined();
  expect(store.connection(ended.at(-1)?.callConnectionId ?? '')).toBe(ended.at(-1));
  expect(store.connections().length).toBe(1000);
});

test('no more than ten thousand calls run, and the next is refused as throttled', () => {
  const { store, connect } = aStore();
  const calls = Array.from({ length: 10_000 }, () => connect(false).call);

  expect(() => connect(false)).toThrow(expect.objectContaining({ status: 429, code: '8516' }));
  for (const call of calls.slice(0, 1)) {
    store.removeCall(call);
  }
  expect(() => connect(false)).not.toThrow();
});
