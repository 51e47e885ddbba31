/** Tests that only some hosts can be put to: on the others they are left out, and the run says why. */
import { test } from 'vitest';
import { hostCommand } from './target.ts';

/** `test` for what only the embedded host can give, e.g. because modules of the app are mocked in its process. */
export function embeddedOnly(reason: string): typeof test.skip {
  if (hostCommand === undefined) {
    return test;
  }
  process.stdout.write(`left out on this host: ${reason}\n`);
  return test.skip;
}
