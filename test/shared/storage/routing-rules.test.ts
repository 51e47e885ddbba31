import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { expect, inject, test } from 'vitest';
import { routingRuleSchema } from '../../../shared/routing/rule.ts';
import { toEntity, toKey } from '../../../shared/storage/document.ts';
import { openRoutingRules } from '../../../shared/storage/routing-rules.ts';

test('more rules than one transaction reads are all there to route by', async () => {
  const connectionString = inject('storage');
  const prefix = `t${randomUUID().replaceAll('-', '')}`.slice(0, 20);
  const store = openRoutingRules({ connectionString }, prefix);
  const ids = Array.from({ length: 1001 }, (_, index) => `rule-${index}`);
  const toRule = (ruleId: string) => routingRuleSchema.parse({ ruleId, priority: 1, action: { kind: 'leave' } });
  await store.put(toRule('rule-0'));
  const table = TableClient.fromConnectionString(connectionString, `${prefix}routingRules`, {
    allowInsecureConnection: true,
  });
  for (let first = 1; first < ids.length; first += 100) {
    const some = ids.slice(first, first + 100);
    await table.submitTransaction(some.map((id) => ['create', toEntity('rules', toKey(id), toRule(id))]));
  }
  expect((await store.all()).map(({ ruleId }) => ruleId).sort()).toEqual([...ids].sort());
});
