import { expect, test } from 'vitest';
import { openSettledness } from '../../../shared/ledger/settledness.ts';

test('everybody who waits for an operation is woken, and nobody else', async () => {
  const settledness = openSettledness();
  const woken: string[] = [];
  const wait = (operationId: string, who: string) =>
    settledness.wait(operationId, 10_000).then(() => {
      woken.push(who);
    });
  const both = Promise.all([wait('one', 'a'), wait('one', 'b')]);
  const other = wait('two', 'c');
  settledness.announce('nobody waits for this');
  settledness.announce('one');
  await both;
  expect(woken).toEqual(['a', 'b']);
  settledness.announce('two');
  await other;
});

test('who waits in vain is woken when the time is over', async () => {
  const settledness = openSettledness();
  await Promise.all([settledness.wait('one', 1), settledness.wait('one', 2)]);
});
