import { defaultExclude, defineConfig } from 'vitest/config';

/** Far more than a test needs: a busy machine must not fail what only waits longer on it. */
const timeoutMs = 300_000;

/** For properties that are tried thousands of times. */
const longTimeoutMs = 7_200_000;

const all = 'test/**/*.test.ts';

/** Tests of pure code, folder by folder: they open no socket, so they need neither storage nor host nor emulator. */
const pure = [
  'test/repository.test.ts',
  'test/repository/*.test.ts',
  'test/infra/policies.test.ts',
  'test/local/{docs,dev/lines,host/settings,host/durable/replay}/**/*.test.ts',
  'test/shared/{calls,operations,acs/client,ledger/memory}/**/*.test.ts',
  'test/shared/sequences/{built-in,interpreter,language}/**/*.test.ts',
];

/** The other tests use real servers on loopback ports, so each file is a process of its own and may take a while. */
export default defineConfig({
  test: {
    // Most of a test's time is waiting for events, not computing.
    maxWorkers: 3,
    testTimeout: process.env.PROPERTY_RUNS ? longTimeoutMs : timeoutMs,
    hookTimeout: timeoutMs,
    expect: { poll: { timeout: 240_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: pure,
          setupFiles: ['test/support/property-runs.ts', 'test/support/no-sockets.ts'],
          pool: 'threads',
        },
      },
      {
        extends: true,
        test: {
          name: 'served',
          include: [all],
          exclude: [...defaultExclude, ...pure],
          globalSetup: ['test/support/azurite.ts'],
          setupFiles: ['test/support/property-runs.ts'],
          pool: 'forks',
        },
      },
    ],
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['shared/**/*.ts', 'functions/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'json', 'html'],
      // What no test reaches has no reason to be there: the goal is 100, and these numbers may only rise.
      thresholds: { statements: 99.9, branches: 99.8, functions: 99.9, lines: 99.9 },
    },
  },
});
