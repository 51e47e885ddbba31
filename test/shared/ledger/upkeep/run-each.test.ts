/** A timer whose parts fail. */
import { expect, test } from 'vitest';
import { runEach } from '../../../../shared/ledger/upkeep/run-each.ts';

const failing = (message: string) => () => Promise.reject(new Error(message));

test('a part of a timer that fails does not prevent the others, and every failure is reported', async () => {
  const ran: string[] = [];
  const last = async () => ran.push('last');
  await expect(runEach(failing('first'), last)).rejects.toThrow('first');
  await expect(runEach(failing('first'), last, failing('third'))).rejects.toThrow(/first.*third/);
  await runEach(last);
  expect(ran).toEqual(['last', 'last', 'last']);
});
