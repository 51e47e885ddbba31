import { defineConfig } from 'vitest/config';

/** Far more than a test needs: a busy machine must not fail what only waits longer on it. */
const timeoutMs = 300_000;

/** For properties that are tried thousands of times. */
const longTimeoutMs = 7_200_000;

/** What `--mode` sets; `VARIABLE=value command` is no command on Windows. */
const variablesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  faults: { FAULT_KILLS: '200' },
};

/** Tests drive real servers on loopback ports, so each file is a process of its own and may take a while. */
export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/azurite.ts'],
    setupFiles: ['test/support/property-runs.ts'],
    env: { ...variablesOf[mode] },
    pool: 'forks',
    // Most of a test's time is waiting for events, not computing.
    maxWorkers: 3,
    testTimeout: process.env.PROPERTY_RUNS ? longTimeoutMs : timeoutMs,
    hookTimeout: timeoutMs,
    expect: { poll: { timeout: 240_000 } },
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['shared/**/*.ts', 'functions/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'json', 'html'],
      // What no test reaches has no reason to be there.
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
}));
