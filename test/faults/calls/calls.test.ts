/**
 * Calls and their operations while the host is killed at every point and ACS, its events and storage fail: none is lost,
 * doubled, misreported or promised and never asked. FAULT_CALLS, FAULT_KILLS and FAULT_SEED say how many, how often and which
 * moments: `npm run test:faults -- --calls` is the long run.
 */
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort } from '../../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../../local/emulator/index.ts';
import { runTimer } from '../../scenarios/recordings.ts';
import { type Api, apiAt } from '../../support/api.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { type PassThrough, startProxy } from '../../support/proxy.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { settingsFor, storageUrl, subscribe } from '../../support/switchboard.ts';
import { choicesOf } from '../sequences/rounds.ts';
import { type Cut, faults } from './faults.ts';
import { type Asked, flows } from './flows.ts';
import {
  type AcsRecord,
  callOf,
  type Finding,
  hangUpLive,
  judge,
  listedCalls,
  startRecord,
  type Verdict,
  verdicts,
} from './judge.ts';

const test = ownHostOnly('kills the host');

const kills = Number(process.env.FAULT_KILLS ?? 3);
const calls = Number(process.env.FAULT_CALLS ?? 15);
const seed = Number(process.env.FAULT_SEED ?? 42);
const isLong = process.env.FAULT_KILLS !== undefined;

/** What is left open is settled by housekeeping within this time: in the long run also what waits for its deadline. */
const settleMs = isLong ? 240_000 : 20_000;
const wholeRunMs = 7_200_000;

let emulator: Emulator;
let acs: PassThrough;
let storage: PassThrough;
let settings: Record<string, string>;
let host: HostProcess;
let port: number;
let url: string;
let api: Api;
const cuts = new Set<Cut>();
let isOver = false;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true, seed });
  acs = await startProxy(emulator.url);
  storage = await startProxy(storageUrl('Table'));
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  settings = {
    ...(await settingsFor(emulator, acs.url, storage.url, url)),
    ACS_TIMEOUT_SECONDS: '2',
    RING_WINDOW_SECONDS: '100',
  };
  storage.only = String(settings.TABLE_PREFIX);
  storage.onPass = acs.onPass = async (...passing) => {
    for (const cut of [...cuts]) {
      await cut(...passing);
    }
  };
  host = await startHostProcess(port, settings);
  api = apiAt(`${url}/api`);
  await subscribe(emulator, url, settings.TABLE_PREFIX ?? '');
});
afterAll(async () => {
  await host.kill();
  await Promise.all([emulator.close(), acs.close(), storage.close()]);
});

/** One row of the table: a fault, and the wrongs in the rounds that had it. */
interface Row {
  injected: number;
  calls: number;
  readonly found: Record<Verdict, number>;
}

const rowOf = (table: Map<string, Row>, fault: string): Row => {
  const row = table.get(fault) ?? {
    injected: 0,
    calls: 0,
    found: { lost: 0, doubled: 0, misreported: 0, 'never asked': 0 },
  };
  table.set(fault, row);
  return row;
};

test(
  `of ${calls} calls under ${kills} kills none is lost, doubled, misreported or never asked (seed ${seed})`,
  async () => {
    const choices = choicesOf(seed);
    const record = startRecord(emulator);
    const collecting = collectUntilOver(record);
    const table = new Map<string, Row>();
    const running: Promise<{ fault: string; all: Asked[] }>[] = [];
    const rounds = Math.max(1, kills);
    let people = 0;
    const nextNumber = () => {
      people += 1;
      return `+1425${String(1_000_000 + people)}`;
    };
    for (let round = 0; round < rounds; round += 1) {
      const fault = choices.oneOf(Object.keys(faults) as [string, ...string[]]);
      const stop = await (faults[fault] ?? faults.none)?.({ emulator, cuts, choices });
      const atOnce = Math.ceil((calls * (round + 1)) / rounds) - Math.ceil((calls * round) / rounds);
      for (let count = 0; count < atOnce; count += 1) {
        const flow = choices.oneOf(flows);
        const client = { api, emulator, choices: choicesOf(seed * 100_000 + round * 100 + count), nextNumber };
        running.push(flow(client).then((all) => ({ fault, all })));
        rowOf(table, fault).calls += 1;
      }
      await killAt(choices.upTo(8 * atOnce));
      rowOf(table, 'kill').injected += 1;
      host = await startHostProcess(port, settings);
      await housekeep();
      rowOf(table, fault).injected += (await stop?.()) ?? 0;
      await record.collect();
      if ((round + 1) % 10 === 0 || round + 1 === rounds) {
        process.stdout.write(`round ${round + 1} of ${rounds}, ${running.length} calls\n`);
      }
    }
    const done = await Promise.all(running);
    await settle(done.flatMap(({ all }) => all));
    await record.collect();
    const wrongs: string[] = [];
    const count = (fault: string, found: readonly Finding[]) => {
      for (const { verdict, what } of found) {
        rowOf(table, fault).found[verdict] += 1;
        rowOf(table, 'kill').found[verdict] += 1;
        wrongs.push(`${verdict} (${fault}): ${what}`);
      }
    };
    const listed = await listedCalls(api);
    for (const { fault, all } of done) {
      for (const asked of all) {
        count(fault, await judge(api, record, listed, asked));
      }
    }
    for (const { fault, all } of done) {
      for (const callId of new Set(all.flatMap((asked) => callOf(asked) ?? []))) {
        count(fault, await hangUpLive(api, record, callId));
      }
    }
    isOver = true;
    await collecting;
    rowOf(table, 'kill').calls = running.length;
    process.stdout.write(`${textOf(table)}\n`);
    expect(wrongs).toEqual([]);
    // Otherwise the record was blind, and no verdict could be found.
    expect(done.flatMap(({ all }) => all).filter(({ key }) => record.wasRequested(key))).not.toEqual([]);
    expect(done.flatMap(({ all }) => all).some((asked) => record.connectionsOf(callOf(asked) ?? '').length > 0)).toBe(
      true,
    );
  },
  wholeRunMs,
);

/** Kills the host at the n-th moment from now: before a request of it arrives, or before the answer to it does. */
function killAt(index: number): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    const die = async () => {
      clearTimeout(timer);
      cuts.delete(cut);
      await host.kill();
      resolve();
    };
    const cut: Cut = async () => {
      seen += 1;
      if (seen === index + 1) {
        await die();
        throw new Error('the host was killed');
      }
    };
    // Fewer requests than that: it is killed while nothing happens.
    const timer = setTimeout(() => void die(), 3000);
    cuts.add(cut);
  });
}

/** Reads of all calls fill the log of the emulator within seconds. */
async function collectUntilOver(record: AcsRecord): Promise<void> {
  while (!isOver) {
    await record.collect();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Kills come far more often than the timers, and ACS recognizes a request for some minutes only: a host that starts runs them. */
async function housekeep(): Promise<void> {
  await runTimer({ url }, 'housekeeping');
}

/** Runs housekeeping until no operation is open, or what is open waits for longer than the run. */
async function settle(all: readonly Asked[]): Promise<void> {
  await emulator.control.delete('faults');
  const until = Date.now() + settleMs;
  let open = all.map(({ key }) => key);
  while (Date.now() < until && open.length > 0) {
    await runTimer({ url }, 'housekeeping');
    await runTimer({ url }, 'reconciliation');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    open = await openAmong(open);
    process.stdout.write(`${open.length} operations are open\n`);
  }
  await runTimer({ url }, 'reconciliation');
  await new Promise((resolve) => setTimeout(resolve, 3000));
}

/** The operations that have no outcome yet, read some at a time. */
async function openAmong(keys: readonly string[], atOnce = 20): Promise<string[]> {
  const open: string[] = [];
  for (let index = 0; index < keys.length; index += atOnce) {
    const read = keys.slice(index, index + atOnce).map(async (key) => {
      const { status, body } = await api('GET', `operations/${key}`);
      return status === 503 || ['accepted', 'sent'].includes(body.status) ? [key] : [];
    });
    open.push(...(await Promise.all(read)).flat());
  }
  return open;
}

function textOf(table: Map<string, Row>): string {
  const header = ['fault', 'injected', 'calls', ...verdicts];
  const rows = [...table].map(([fault, { injected, calls: of, found }]) => [
    fault,
    String(injected),
    String(of),
    ...verdicts.map((verdict) => String(found[verdict])),
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [header, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}
