/**
 * Any process may advance a sequence: the request that starts it, the handler of an event, a timer, at once and after a
 * crash at any point. Over real storage and the emulator, without an orchestration.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../../local/emulator/index.ts';
import { openAcs } from '../../../../shared/acs/client/client.ts';
import { receiveCallback } from '../../../../shared/ledger/events/receive.ts';
import type { Ledger } from '../../../../shared/ledger/ledger.ts';
import type { Plan } from '../../../../shared/sequences/interpreter/state.ts';
import { parseDefinition } from '../../../../shared/sequences/language/schema.ts';
import { advanceSequence, type Progress } from '../../../../shared/sequences/runtime/advance.ts';
import type { Sequences } from '../../../../shared/sequences/runtime/sequences.ts';
import { eventually } from '../../../support/api.ts';
import { entriesSince, lastEntry } from '../../../support/wire.ts';
import { aLedger } from '../../ledger/a-ledger.ts';
import { aPlan, someSequences, written } from '../some-sequences.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true });
});
afterAll(() => emulator.close());

const party = '+14255550123';

/** A stored sequence that calls someone, holds the call and hangs up. */
async function aCallSequence(sequences: Sequences, target = party): Promise<Plan> {
  const { definition } = parseDefinition({
    steps: [
      { do: 'createCall', with: { targets: [target], callerId: '+14255550100' } },
      { do: 'hold', with: { participant: target } },
    ],
    finally: [{ do: 'hangUp', with: { forEveryone: true } }],
  });
  const plan: Plan = { ...aPlan(new Date().toISOString()), definition };
  await written(sequences, plan);
  return plan;
}

/** A ledger on the emulator, whose callbacks are stored and then `onWake` runs for each sequence that they wake. */
async function aLedgerWithEvents(over: Partial<Ledger>, onWake: (ledger: Ledger, sequenceId: string) => Promise<void>) {
  const errors: unknown[] = [];
  const server = createServer((request, response) => {
    const handle = async () => {
      const body = (await json(request)) as readonly unknown[];
      const woken = new Set<string>();
      const inInvocation = { ...ledger, wake: async (id: string) => void woken.add(id) };
      await receiveCallback(inInvocation, String(request.url).replace(/^.*\//, ''), body);
      response.writeHead(200).end();
      await Promise.all([...woken].map((id) => onWake(ledger, id)));
    };
    handle().catch((error) => errors.push(error));
  }).listen(0, '127.0.0.1');
  const { port } = await new Promise<AddressInfo>((resolve) =>
    server.once('listening', () => resolve(server.address() as AddressInfo)),
  );
  const ledger = aLedger({
    acs: openAcs({ connectionString: emulator.connectionString, isLocal: true }, 10),
    acsTimeoutSeconds: 10,
    callbackUrl: (callId) => `http://127.0.0.1:${port}/api/callbacks/${callId}`,
    ...over,
  });
  return { ledger, errors, close: () => void server.close() };
}

async function statusIn({ store }: Sequences, { sequenceId }: Plan): Promise<string | undefined> {
  const { phase, ending } = (await store.readState(sequenceId))?.state ?? {};
  return phase === 'ended' ? ending?.status : undefined;
}

/** What ACS did since an entry of its log; reads, and responses that it replayed, are left out. */
async function performedSince(entry: number): Promise<readonly string[]> {
  const entries = await entriesSince({ emulator }, entry);
  return entries.flatMap(({ kind, operation, status = 500, replayed }) =>
    kind === 'response' && operation !== undefined && !/^(get|list)/.test(operation) && status < 300 && !replayed
      ? [operation]
      : [],
  );
}

const asOnce = ['createCall', 'hold', 'terminateCall'];

test('event handlers alone bring a sequence to its end, each of them twice at once, and every operation is performed once', async () => {
  const { sequences } = someSequences();
  const advanceTwice = async (ledger: Ledger, id: string): Promise<Progress[]> =>
    Promise.all([advanceSequence(ledger, sequences, id), advanceSequence({ ...ledger }, sequences, id)]);
  const stage = await aLedgerWithEvents({}, async (ledger, id) => void (await advanceTwice(ledger, id)));
  const plan = await aCallSequence(sequences);
  const start = await lastEntry({ emulator });

  const [first, second] = await advanceTwice(stage.ledger, plan.sequenceId);
  expect([first?.open, second?.open]).toEqual([['createCall'], ['createCall']]);
  await eventually(
    () => statusIn(sequences, plan),
    (status) => status === 'succeeded',
  );
  expect(await performedSince(start)).toEqual(asOnce);
  expect(stage.errors).toEqual([]);
  stage.close();
});

test('of two processes that read the same state one writes, and both find the operation performed once', async () => {
  const { sequences } = someSequences();
  const { promise: bothHaveRead, resolve } = Promise.withResolvers<void>();
  let writes = 0;
  const store: typeof sequences.store = {
    ...sequences.store,
    async writeState(id, stored) {
      writes += 1;
      if (writes === 2) {
        resolve();
      }
      await bothHaveRead;
      return sequences.store.writeState(id, stored);
    },
  };
  const stage = await aLedgerWithEvents({}, async () => {});
  // An answer would let the slower of the two find the call connected, and go on.
  const silent = '+14255550124';
  await emulator.control.put(`parties/${encodeURIComponent(silent)}`, { onRing: 'noAnswer' });
  const plan = await aCallSequence(sequences, silent);
  const start = await lastEntry({ emulator });

  const both = [1, 2].map(() => advanceSequence(stage.ledger, { ...sequences, store }, plan.sequenceId));
  expect((await Promise.all(both)).map(({ open }) => open)).toEqual([['createCall'], ['createCall']]);
  expect(writes).toBeGreaterThan(2);
  expect(await performedSince(start)).toEqual(['createCall']);
  stage.close();
});

/** Where a process ends: once its state is stored, or once the intent of its operation is stored as well. */
const crashes = {
  'before an intent is stored': ({ calls }: Ledger) => ({ calls: { ...calls, claim: crash } }),
  'before ACS is asked': ({ calls }: Ledger) => ({ calls: { ...calls, claim: claimThenCrash(calls) } }),
} as const satisfies Record<string, (ledger: Ledger) => Partial<Ledger>>;

/** Later than the lease of an operation lasts that starts now. */
const afterLease = () => new Date(Date.now() + 16_000).toISOString();

function claimThenCrash(calls: Ledger['calls'], before: Promise<void> = Promise.resolve()): Ledger['calls']['claim'] {
  return async (...intent) => {
    await before;
    await calls.claim(...intent);
    return crash();
  };
}

async function crash(): Promise<never> {
  throw new Error('the process ended');
}

test.each(Object.entries(crashes))(
  'a process that ends %s leaves a state from which another goes on',
  async (_, broken) => {
    const { sequences } = someSequences();
    const stage = await aLedgerWithEvents(
      {},
      async (ledger, id) => void (await advanceSequence(ledger, sequences, id)),
    );
    const plan = await aCallSequence(sequences);
    const start = await lastEntry({ emulator });

    await expect(
      advanceSequence({ ...stage.ledger, ...broken(stage.ledger) }, sequences, plan.sequenceId),
    ).rejects.toThrow('the process ended');
    expect((await sequences.store.readState(plan.sequenceId))?.state.steps.createCall?.status).toBe('running');
    const later = afterLease();
    await advanceSequence({ ...stage.ledger, now: () => later }, sequences, plan.sequenceId);
    await eventually(
      () => statusIn(sequences, plan),
      (status) => status === 'succeeded',
    );
    expect(await performedSince(start)).toEqual(asOnce);
    stage.close();
  },
);

test('a process whose operation another claimed, which then ended, waits for the lease and does not fail the step', async () => {
  const { sequences } = someSequences();
  const stage = await aLedgerWithEvents({}, async (ledger, id) => void (await advanceSequence(ledger, sequences, id)));
  const plan = await aCallSequence(sequences);
  const start = await lastEntry({ emulator });
  const { calls } = stage.ledger;
  const secondClaims = Promise.withResolvers<void>();
  const firstEnded = Promise.withResolvers<void>();
  const first: Ledger = {
    ...stage.ledger,
    calls: { ...calls, claim: claimThenCrash(calls, secondClaims.promise) },
  };
  const second: Ledger = {
    ...stage.ledger,
    calls: {
      ...calls,
      claim: async (...intent) => {
        secondClaims.resolve();
        await firstEnded.promise;
        return calls.claim(...intent);
      },
    },
  };

  const waiting = advanceSequence(second, sequences, plan.sequenceId);
  await expect(advanceSequence(first, sequences, plan.sequenceId)).rejects.toThrow('the process ended');
  firstEnded.resolve();
  expect(await waiting).toMatchObject({ status: 'running', open: ['createCall'] });
  expect(await performedSince(start)).toEqual([]);
  const later = afterLease();
  await advanceSequence({ ...stage.ledger, now: () => later }, sequences, plan.sequenceId);
  await eventually(
    () => statusIn(sequences, plan),
    (status) => status === 'succeeded',
  );
  expect(await performedSince(start)).toEqual(asOnce);
  stage.close();
});
