/**
 * The host is killed at random moments while sequences run and ACS's events come twice, late, in another order or not at
 * all. FAULT_KILLS says how often, FAULT_SEED which moments: `npm run test:faults` is the long run.
 */
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort } from '../../../local/dev/ports.ts';
import { type Emulator, startEmulator } from '../../../local/emulator/emulator.ts';
import { runTimer } from '../../scenarios/recordings.ts';
import { type Api, apiAt, eventually } from '../../support/api.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';
import { ownHostOnly } from '../../support/suited.ts';
import { settingsFor, storageUrl, subscribe } from '../../support/switchboard.ts';
import { goHome, playSome } from './built-ins.ts';
import { checkAcs, checkEnd, checkFinally, choicesOf, disturb, startRound } from './rounds.ts';

const test = ownHostOnly('kills the host');

const kills = Number(process.env.FAULT_KILLS ?? 4);
const seed = Number(process.env.FAULT_SEED ?? 42);
const killsPerRound = 4;
const rounds = Array.from({ length: Math.ceil(kills / killsPerRound) }, (_, round) => round);

/** A round has many waits, each of which may take as long as a test. */
const roundMs = 900_000;

let emulator: Emulator;
let host: HostProcess;
let port: number;
let settings: Record<string, string>;
let api: Api;

beforeAll(async () => {
  emulator = await startEmulator({ http: 0, https: false, quiet: true, seed });
  port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  settings = {
    ...(await settingsFor(emulator, emulator.url, storageUrl('Table'), url)),
    ACS_TIMEOUT_SECONDS: '1',
    SEQUENCE_RECHECK_SECONDS: '1',
    EMBEDDED_HOST_VISIBILITY_SECONDS: '1',
  };
  host = await startHostProcess(port, settings);
  api = apiAt(`${url}/api`);
  await subscribe(emulator, url, settings.TABLE_PREFIX ?? '');
  await disturb(emulator);
});
afterAll(async () => {
  await host.kill();
  await emulator.close();
});

test.each(rounds)(
  `sequences of round %i end, once, although the host is killed (seed ${seed})`,
  async (round) => {
    const choices = choicesOf(seed * 1000 + round);
    const dying = killAgain(choices.upTo);
    const [ids, played] = await Promise.all([
      startRound(() => api, emulator, choices, round),
      playSome(() => api, emulator, choices),
    ]);
    await dying;
    for (const id of ids) {
      const sequence = await ended(id);
      checkEnd(sequence);
      checkFinally(sequence);
    }
    await goHome(() => api, emulator, played);
    for (const id of played) {
      checkEnd(await ended(id));
    }
    await checkAcs(emulator);
  },
  roundMs,
);

/** Kills the host, and starts it again. */
async function killAgain(upTo: (most: number) => number): Promise<void> {
  for (let count = 0; count < killsPerRound; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100 + upTo(900)));
    await host.kill();
    host = await startHostProcess(port, settings);
  }
}

/** What was lost is found by looking at ACS, which the timers do. */
async function ended(sequenceId: string) {
  const { body } = await eventually(
    async () => {
      await runTimer({ url: `http://127.0.0.1:${port}` }, 'reconciliation');
      await runTimer({ url: `http://127.0.0.1:${port}` }, 'sequenceHousekeeping');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return api('GET', `sequences/${sequenceId}`);
    },
    (answer) => answer.status === 200 && answer.body.status !== 'running',
  );
  expect(body.sequenceId).toBe(sequenceId);
  return body;
}
