import { expect, test } from 'vitest';
import { perform } from '../../../../shared/ledger/commands/perform.ts';
import { createCall } from '../../../../shared/operations/calls/create-call.ts';
import type { Operation } from '../../../../shared/operations/operation.ts';
import { aLedger } from '../a-ledger.ts';

/** Those between the request and `perform`: the trigger, the HTTP handler and the endpoint. */
const filesBefore = 3;

/**
 * The files that a reader opens from `perform` to the literal that calls the SDK: those whose functions are on the stack. A
 * closure that a file hands to a wrapper belongs to the function that made it.
 */
async function filesToTheSdk(): Promise<string[]> {
  let stack = '';
  const operation: Operation = {
    ...(createCall as unknown as Operation),
    send() {
      stack = String(new Error('on the way').stack);
      return Promise.resolve({});
    },
  };
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  await perform(aLedger(), { operation, input: { targets: ['+14255550123'], callerId: '+14255550100' } });
  Error.stackTraceLimit = limit;
  const called = stack
    .split('\n')
    .flatMap((line) => /at (?:async )?[\w.]+ \(.*\/(shared\/[\w/-]+\.ts)/.exec(line)?.[1] ?? []);
  const files = ['shared/ledger/commands/perform.ts', ...called.reverse()];
  return files.filter((file, index) => file !== files[index - 1]);
}

test('a command reaches the SDK in at most ten hops, and enters no file twice', async () => {
  const files = await filesToTheSdk();
  expect(files).toContain('shared/ledger/commands/send.ts');
  expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
  expect(filesBefore + files.length + 1).toBeLessThanOrEqual(10);
});
