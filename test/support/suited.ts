/** Tests that only some hosts can be put to: on the others they are left out, and the run says why. */
import { test } from 'vitest';
import { hostCommand, runningApp } from './target.ts';

type Tests = typeof test.skip;

/** `test` for what only the embedded host can give, e.g. because modules of the app are mocked in its process. */
export function embeddedOnly(reason: string): Tests {
  return testIf(hostCommand === undefined && !runningApp, reason);
}

/** `test` for what no running app can give, but any host that the suite starts: settings, proxies around it, its end. */
export function ownHostOnly(reason: string): Tests {
  return testIf(!runningApp, reason);
}

function testIf(isSuited: boolean, reason: string): Tests {
  if (isSuited) {
    return test;
  }
  process.stdout.write(`left out on this host: ${reason}\n`);
  return test.skip;
}
