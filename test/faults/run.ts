/**
 * Runs the long fault suites: `--sequences` (sequences, the default) or `--calls` (calls and their operations). `--kills`,
 * `--count` and `--seed` say how often the host is killed, over how many calls, and at which moments.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    calls: { type: 'boolean', default: false },
    sequences: { type: 'boolean', default: false },
    kills: { type: 'string' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '42' },
  },
});

const suite = values.calls ? 'calls' : 'sequences';
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const environment = {
  FAULT_KILLS: values.kills ?? (suite === 'calls' ? '300' : '200'),
  FAULT_CALLS: values.count,
  FAULT_SEED: values.seed,
};
const { status } = spawnSync(process.execPath, [vitest, 'run', '--silent=false', `test/faults/${suite}`], {
  env: { ...process.env, ...environment },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
