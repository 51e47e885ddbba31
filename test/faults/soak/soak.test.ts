/**
 * Two hosts under steady load without a fault: what they hold in memory stays flat, and no handle is left when the load ends.
 * FAULT_SECONDS says for how long: `npm run test:faults -- --soak` is the long run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { columns } from '../../../local/docs/columns.ts';
import { readStream } from '../../support/event-stream.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { until } from '../matrix/cell.ts';
import { subjects } from '../matrix/flows.ts';
import { startRecord } from '../matrix/record.ts';
import { type Stage, startStage } from '../matrix/stage.ts';
import { choicesOf } from '../sequences/rounds.ts';
import { growth, handlesLeft, heldBytes, median, type Reading, readingIn } from './reading.ts';

const test = ownHostOnly('reads the memory of its processes');

const seconds = Number(process.env.FAULT_SECONDS ?? 20);
const seed = Number(process.env.FAULT_SEED ?? 42);
const isLong = process.env.FAULT_SECONDS !== undefined;
const readSeconds = isLong ? 10 : 2;
const atOnce = 3;
/** Connections are kept open for a while, and a batch of the outbox may wait for its next attempt. */
const quietMs = 180_000;
const wholeRunMs = 7_200_000;
/** Of what is held: the noise of an hour of readings is below it, and a leak of 1 kB for each operation is above it. */
const mostGrowth = 1.1;

/** Of each host, oldest first. */
const readings: [Reading[], Reading[]] = [[], []];
const newest = () => readings.map((all) => all.at(-1));

let stage: Stage;

beforeAll(async () => {
  const probe = pathToFileURL(`${import.meta.dirname}/probe.ts`).href;
  stage = await startStage(seed, {
    settings: {
      NODE_OPTIONS: `--import ${probe}`,
      SOAK_READ_SECONDS: String(readSeconds),
      // A busy machine is no fault.
      ACS_TIMEOUT_SECONDS: '10',
      STORAGE_TIMEOUT_SECONDS: '8',
    },
    onLine(host, line) {
      const reading = readingIn(line);
      if (reading) {
        readings[host]?.push(reading);
      }
    },
  });
});
afterAll(() => stage.close());

test(
  `hosts under load for ${seconds} s hold no more memory at its end than early in it, and no handle after it (seed ${seed})`,
  async () => {
    const record = startRecord(stage.emulator);
    const choices = choicesOf(seed);
    const wrongs: string[] = [];
    let [played, isOver] = [0, false];
    const play = async (subject: (typeof subjects)[number]) => {
      const { found } = await subject.play(stage, record, 'none', choices);
      const wrong = found.map(({ verdict, what }) => `${verdict}: ${what}\n`);
      wrongs.push(...wrong);
      process.stdout.write(wrong.join(''));
      played += 1;
    };
    const readAll = async () => {
      for (const url of stage.urls) {
        const stream = readStream(`${url}/api/calls/stream`);
        const answers = await Promise.all(
          ['calls', 'operations', 'recordings', 'sequences', 'webhooks', 'health'].map((path) =>
            fetch(`${url}/api/${path}`),
          ),
        );
        for (const answer of answers) {
          await answer.text();
        }
        await pause(500);
        stream.leave();
        await stream.done;
      }
    };
    // Once each, so that what is loaded or opened at first use is there before anything is compared.
    for (const subject of isLong ? subjects : subjects.slice(0, 3)) {
      await play(subject);
    }
    await readAll();
    const before = await atRest();
    const end = Date.now() + seconds * 1000;
    const since = readings.map((all) => all.length);
    const players = Array.from({ length: atOnce }, async () => {
      while (Date.now() < end) {
        await play(choices.oneOf([...subjects] as [(typeof subjects)[number]]));
      }
    });
    const others = [
      repeated(readAll, 5000),
      repeated(() => stage.repair(), 5000),
      repeated(async () => {
        const held = newest().map((reading) => `${mebibytes(reading ? heldBytes(reading) : 0)} MiB`);
        process.stdout.write(`${played} played, ${wrongs.length} wrongs, held ${held.join(' and ')}\n`);
      }, 30_000),
    ];
    async function repeated(run: () => Promise<void>, everyMs: number): Promise<void> {
      while (!isOver) {
        await run();
        await pause(Math.min(everyMs, seconds * 100));
      }
    }
    await Promise.all(players);
    isOver = true;
    await Promise.all(others);
    const underLoad = readings.map((all, host) => all.slice(since[host]));
    const left = await handlesLeftAfter(before);
    process.stdout.write(`${table(underLoad, before)}\nhandles left: ${JSON.stringify(left)}\n`);
    expect(wrongs).toEqual([]);
    expect(left).toEqual(before.map(() => ({})));
    if (isLong) {
      expect(Math.max(...underLoad.map(growth))).toBeLessThan(mostGrowth);
    }
  },
  wholeRunMs,
);

/** A reading of each host once it has fewest handles: nothing is in flight, and no connection is kept open. */
async function atRest(): Promise<Reading[]> {
  let fewest: Reading[] = [];
  let unchanged = 0;
  await until(async () => {
    const seen = await next();
    const isFewer = fewest.length === 0 || seen.some((reading, host) => handles(reading) < handles(fewest[host]));
    unchanged = isFewer ? 0 : unchanged + 1;
    fewest = isFewer ? seen : fewest;
    return unchanged >= 3;
  }, quietMs);
  return fewest;
}

/** What each host holds more than before, once that is nothing, or after the time to become quiet. */
async function handlesLeftAfter(before: readonly Reading[]): Promise<Record<string, number>[]> {
  let left: Record<string, number>[] = [];
  await until(async () => {
    left = (await next()).map((reading, host) => handlesLeft(before[host] ?? reading, reading));
    return left.every((kinds) => Object.keys(kinds).length === 0);
  }, quietMs);
  return left;
}

/** The next reading of each host. */
async function next(): Promise<Reading[]> {
  const known = newest();
  await until(async () => newest().every((one, host) => one !== undefined && one !== known[host]), quietMs);
  return newest().flatMap((reading) => reading ?? []);
}

function handles(reading: Reading | undefined): number {
  return Object.values(reading?.handles ?? {}).reduce((sum, count) => sum + count, 0);
}

const mebibytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

function table(underLoad: readonly (readonly Reading[])[], before: readonly Reading[]): string {
  const rows = underLoad.map((all, host) => {
    const part = (from: number, to: number) =>
      mebibytes(median(all.slice(Math.floor(all.length * from), Math.ceil(all.length * to)).map(heldBytes)));
    const fifths = [0, 0.2, 0.4, 0.6, 0.8].map((from) => part(from, from + 0.2));
    return [`host ${host + 1}`, ...fifths, growth(all).toFixed(3), String(handles(before[host]))];
  });
  return columns([['held, MiB', '1st fifth', '2nd', '3rd', '4th', '5th', 'growth', 'handles at rest'], ...rows]).join(
    '\n',
  );
}
