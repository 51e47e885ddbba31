import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchRule, whyNot } from '../../../shared/routing/match.ts';
import { type RoutingRule, routingRuleSchema } from '../../../shared/routing/rule.ts';

const call = { from: '+14255550123', to: '+442071838750' };

function aRule(over: object = {}): RoutingRule {
  return routingRuleSchema.parse({ ruleId: 'rule', priority: 10, action: { kind: 'leave' }, ...over });
}

test.each([
  [{}, undefined],
  [{ to: '+442071838750' }, undefined],
  [{ to: '4:+442071838750' }, undefined],
  [{ to: '+442071838751' }, 'another number was called'],
  [{ from: '+14255550123', toPrefix: '+44' }, undefined],
  [{ from: '+14255550124' }, 'another number calls'],
  [{ toPrefix: '44207' }, undefined],
  [{ toPrefix: '+33' }, 'the called number begins otherwise'],
  [{ fromPrefix: '+1425' }, undefined],
  [{ fromPrefix: '+1206' }, 'the calling number begins otherwise'],
])('a rule that matches %o says %s', (match, reason) => {
  expect(whyNot(aRule({ match }), call)).toBe(reason);
});

test('a disabled rule takes nothing', () => {
  expect(whyNot(aRule({ enabled: false }), call)).toBe('the rule is disabled');
});

test('no rule, no match', () => {
  expect(matchRule([], call)).toBeUndefined();
});

test('the lowest priority wins, then the id, in whatever order the rules are stored', () => {
  const rules = [
    aRule({ ruleId: 'c', priority: 1, match: { to: '+14255550199' } }),
    aRule({ ruleId: 'b', priority: 5 }),
    aRule({ ruleId: 'a', priority: 5 }),
    aRule({ ruleId: 'd', priority: 9 }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (shuffled) => {
      expect(matchRule(shuffled, call)?.ruleId).toBe('a');
    }),
  );
});

test('a rule that redirects to a phone number needs a caller id', () => {
  const action = { kind: 'redirect', target: '+14255550124' };
  expect(routingRuleSchema.safeParse({ ruleId: 'r', priority: 1, action }).success).toBe(false);
  expect(
    routingRuleSchema.safeParse({ ruleId: 'r', priority: 1, action: { ...action, callerId: '+14255550100' } }).success,
  ).toBe(true);
});
