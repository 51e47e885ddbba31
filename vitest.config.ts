import { defineConfig } from 'vitest/config';

/** Tests drive real servers on loopback ports, so each file is a process of its own and may take a while. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/azurite.ts'],
    pool: 'forks',
    // Most of a test's time is waiting for events, not computing.
    maxWorkers: 3,
    // Far more than a test needs: a busy machine must not fail what only waits longer on it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['shared/**/*.ts', 'functions/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'json', 'html'],
      // What no test reaches has no reason to be there.
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
  },
});
