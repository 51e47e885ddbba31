import { expect, test } from 'vitest';
import { openSettlementSignal } from '../../../../shared/ledger/memory/settlement-signal.ts';

test('everybody who waits for an operation is woken, and nobody else', async () => {
  const settledness = openSettlementSignal();
  const woken: string[] = [];
  const wait = (operationId: string, who: string) =>
    settledness.wait(operationId, 10_000).then(() => {
      woken.push(who);
    });
  const both = Promise.all([wait('one', 'a'), wait('one', 'b')]);
  const other = wait('two', 'c');
  settledness.notify('nobody waits for this');
  settledness.notify('one');
  await both;
  expect(woken).toEqual(['a', 'b']);
  settledness.notify('two');
  await other;
});

test('who waits in vain is woken when the time is over', async () => {
  const settledness = openSettlementSignal();
  await Promise.all([settledness.wait('one', 1), settledness.wait('one', 2)]);
});
