/**
 * The host is killed at random moments while sequences run and ACS's events come twice, late, in another order or not at
 * all. FAULT_KILLS says how often, FAULT_SEED which moments: `npm run test:faults` is the long run.
 */
import { afterAll, beforeAll, expect } from 'vitest';
import { runTimer } from '../../scenarios/recordings.ts';
import { eventually } from '../../support/api.ts';
import { type KillableApp, startKillableApp } from '../../support/killable-app.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { subscribe } from '../../support/switchboard.ts';
import { goHome, playSome } from './built-ins.ts';
import { checkAcs, checkEnd, checkFinally, choicesOf, disturb, startRound } from './rounds.ts';

const test = ownHostOnly('kills the host');

const kills = Number(process.env.FAULT_KILLS ?? 4);
const seed = Number(process.env.FAULT_SEED ?? 42);
const killsPerRound = 4;
const rounds = Array.from({ length: Math.ceil(kills / killsPerRound) }, (_, round) => round);

/** A round has many waits, each of which may take as long as a test. */
const roundMs = 900_000;

let app: KillableApp;

beforeAll(async () => {
  app = await startKillableApp(
    { ACS_TIMEOUT_SECONDS: '1', SEQUENCE_RECHECK_SECONDS: '1', EMBEDDED_HOST_VISIBILITY_SECONDS: '1' },
    { seed },
  );
  await subscribe(app.emulator, app.url, app.prefix);
  await disturb(app.emulator);
});
afterAll(() => app.close());

test.each(rounds)(
  `sequences of round %i end, once, although the host is killed (seed ${seed})`,
  async (round) => {
    const choices = choicesOf(seed * 1000 + round);
    const dying = killAgain(choices.upTo);
    const [ids, played] = await Promise.all([
      startRound(() => app.api, app.emulator, choices, round),
      playSome(() => app.api, app.emulator, choices),
    ]);
    await dying;
    for (const id of ids) {
      const sequence = await ended(id);
      checkEnd(sequence);
      checkFinally(sequence);
    }
    await goHome(() => app.api, app.emulator, played);
    for (const id of played) {
      checkEnd(await ended(id));
    }
    await checkAcs(app.emulator);
  },
  roundMs,
);

/** Kills the host, and starts it again. */
async function killAgain(upTo: (most: number) => number): Promise<void> {
  for (let count = 0; count < killsPerRound; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100 + upTo(900)));
    await app.kill();
    await app.start();
  }
}

/** What was lost is found by looking at ACS, which the timers do. */
async function ended(sequenceId: string) {
  const { body } = await eventually(
    async () => {
      await runTimer(app, 'reconciliation');
      await runTimer(app, 'sequenceHousekeeping');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return app.api('GET', `sequences/${sequenceId}`);
    },
    (answer) => answer.status === 200 && answer.body.status !== 'running',
  );
  expect(body.sequenceId).toBe(sequenceId);
  return body;
}
