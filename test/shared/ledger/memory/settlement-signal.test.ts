import { expect, test } from 'vitest';
import { openSettlementSignal } from '../../../../shared/ledger/memory/settlement-signal.ts';

test('every request that waits for an operation is woken, and no other', async () => {
  const signal = openSettlementSignal();
  const woken: string[] = [];
  const wait = (operationId: string, who: string) =>
    signal.wait(operationId, 10_000).then(() => {
      woken.push(who);
    });
  const both = Promise.all([wait('one', 'a'), wait('one', 'b')]);
  const other = wait('two', 'c');
  signal.notify('no request waits for this');
  signal.notify('one');
  await both;
  expect(woken).toEqual(['a', 'b']);
  signal.notify('two');
  await other;
});

test('a request that waits too long is woken when its time is over', async () => {
  const signal = openSettlementSignal();
  await Promise.all([signal.wait('one', 1), signal.wait('one', 2)]);
});
