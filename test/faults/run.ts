/**
 * Runs the long fault suites: `--sequences` (the default), `--calls`, `--matrix` (every operation under every fault), or `--soak`
 * (steady load without a fault). `--kills` and `--count` say how often the host is killed, over how many calls; `--minutes` how
 * long the matrix is played or the load goes on; `--seed` at which moments; `--page` writes the table of the matrix to a page.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    calls: { type: 'boolean', default: false },
    sequences: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    kills: { type: 'string' },
    count: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '42' },
    page: { type: 'string' },
  },
});

const suite = (['matrix', 'soak', 'calls'] as const).find((name) => values[name]) ?? 'sequences';
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const environment = {
  FAULT_KILLS: values.kills ?? (suite === 'calls' ? '300' : '200'),
  FAULT_CALLS: values.count,
  FAULT_SECONDS: String(Number(values.minutes) * 60),
  FAULT_SEED: values.seed,
  ...(values.page !== undefined && { FAULT_PAGE: values.page }),
};
const { status } = spawnSync(process.execPath, [vitest, 'run', '--silent=false', `test/faults/${suite}`], {
  env: { ...process.env, ...environment },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
