/**
 * Every operation under every fault: none is lost, doubled, misreported or left open. FAULT_SECONDS says for how long cells
 * are played, FAULT_SEED in which order and at which moments: `npm run test:faults -- --matrix` is the long run.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import { ownHostOnly } from '../../support/suited.ts';
import { choicesOf } from '../sequences/rounds.ts';
import { type FaultName, faults } from './faults.ts';
import { subjects } from './flows.ts';
import { startRecord } from './record.ts';
import { type Stage, startStage } from './stage.ts';
import { addTo, newTable, pageOf, textOf } from './table.ts';

const test = ownHostOnly('kills the host');

const seconds = Number(process.env.FAULT_SECONDS ?? 20);
const seed = Number(process.env.FAULT_SEED ?? 42);
const page = process.env.FAULT_PAGE;
/** Cells that are played at once: fewer beside other tests. */
const atOnce = process.env.FAULT_SECONDS === undefined ? 4 : 8;
const repairEveryMs = 1000;
const wholeRunMs = 7_200_000;

let stage: Stage;
let isOver = false;
let repairing: Promise<void>;

beforeAll(async () => {
  stage = await startStage(seed);
  repairing = repairUntilOver();
});
afterAll(async () => {
  isOver = true;
  await repairing;
  await stage.close();
});

async function repairUntilOver(): Promise<void> {
  while (!isOver) {
    await stage.repair();
    await new Promise((resolve) => setTimeout(resolve, repairEveryMs));
  }
}

test(
  `operations under faults for ${seconds} s are neither lost, doubled, misreported nor orphaned (seed ${seed})`,
  async () => {
    const choices = choicesOf(seed);
    const cells = Object.keys(faults).flatMap((fault) =>
      subjects.map((subject) => ({ subject, fault: fault as FaultName, order: choices.upTo(1_000_000) })),
    );
    const ordered = cells.toSorted((one, other) => one.order - other.order);
    const record = startRecord(stage.emulator);
    const table = newTable();
    const wrongs: string[] = [];
    const end = Date.now() + seconds * 1000;
    let next = 0;
    const play = async (player: number) => {
      while (Date.now() < end) {
        const index = next;
        next += 1;
        const { subject, fault } = ordered[index % ordered.length] as (typeof ordered)[number];
        const played = await subject
          .play(stage, record, fault, choicesOf(seed * 1_000_000 + index))
          .catch((error: unknown) => ({
            struck: 0,
            found: [{ verdict: 'orphaned' as const, what: `${subject.name}: ${error}` }],
          }));
        addTo(table, subject.name, fault, played);
        const wrong = played.found.map(({ verdict, what }) => `${verdict} (${fault}, cell ${index}): ${what}\n`);
        wrongs.push(...wrong);
        process.stdout.write(wrong.join(''));
        if (player === 0) {
          process.stdout.write(
            `${next} cells, ${wrongs.length} wrongs, ${Math.ceil((end - Date.now()) / 1000)} s left\n`,
          );
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, (_, player) => play(player)));
    process.stdout.write(`${textOf(table)}\n${wrongs.join('')}`);
    if (page !== undefined) {
      writeFileSync(page, pageOf(table, { seconds, seed }));
    }
    expect(wrongs).toEqual([]);
  },
  wholeRunMs,
);
