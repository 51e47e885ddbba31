/** A call whose two deliveries reach two instances, of which neither knows what the other has done: over real storage. */
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { createLog } from '../../../shared/log.ts';
import { openOnce } from '../../../shared/once.ts';
import { type Router, routeCall, routeQueuedCall } from '../../../shared/routing/route-call.ts';
import { type RoutingAction, routingRuleSchema } from '../../../shared/routing/rule.ts';
import { openRoutingRules } from '../../../shared/storage/routing-rules.ts';
import { aLedger } from '../ledger/a-ledger.ts';
import { someSequences } from '../sequences/some-sequences.ts';

const rangAgain = 'IncomingCall event redelivered';

/** Two instances on the same storage, and what they logged. ACS does not answer them. */
function twoInstances() {
  const messages: string[] = [];
  const ledger = aLedger({ log: createLog((_level, message) => void messages.push(message)) });
  const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const rules = openRoutingRules({ connectionString: inject('storage') }, prefix);
  const { sequences, started } = someSequences();
  const instance = (): Router => ({
    ledger,
    sequences,
    routing: { rules, defaultAction: { kind: 'leave' }, once: openOnce(), queue: { send: async () => {} } },
  });
  const rule = (action: RoutingAction) =>
    rules.put(routingRuleSchema.parse({ ruleId: 'all', priority: 1, match: {}, action }));
  return { first: instance(), second: instance(), messages, started, rule };
}

function anEvent() {
  return {
    id: randomUUID(),
    eventTime: new Date().toISOString(),
    data: {
      from: { rawId: '4:+14255550123' },
      to: { rawId: '4:+14255550100' },
      correlationId: randomUUID(),
      incomingCallContext: 'context',
    },
  };
}

test('a second delivery of a call that still rings is logged as such', async () => {
  const { first, second, messages } = twoInstances();
  const event = anEvent();
  await routeCall(first, event, undefined);
  expect(messages).not.toContain(rangAgain);
  await routeQueuedCall(second, event);
  expect(messages.filter((message) => message === rangAgain)).toHaveLength(1);
});

test('the sequence of a rule starts once', async () => {
  const { first, second, started, rule } = twoInstances();
  await rule(routingRuleSchema.shape.action.parse({ kind: 'sequence', steps: [{ wait: 'PT1S' }] }));
  const event = anEvent();
  await routeCall(first, event, undefined);
  await routeQueuedCall(second, event);
  expect(new Set(started).size).toBe(1);
});

test('a rule that changed in between does not act on a call that the old one has taken', async () => {
  const { first, second, rule } = twoInstances();
  const event = anEvent();
  await rule({ kind: 'reject', reason: 'busy' });
  await routeCall(first, event, undefined);
  await rule({ kind: 'reject', reason: 'forbidden' });
  await expect(routeQueuedCall(second, event)).resolves.toBeUndefined();
});
