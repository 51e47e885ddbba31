import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchRules } from '../../../shared/routing/match.ts';
import { type RoutingRule, routingRuleSchema } from '../../../shared/routing/rule.ts';

const call = {
  from: '+14255550123',
  to: '+442071838750',
  receivedAt: '2026-01-05T10:00:00Z',
  customContext: { sipHeaders: { 'User-To-User': '42', 'X-Tier': 'gold' }, voipHeaders: { language: 'de' } },
};

function aRule(over: object = {}): RoutingRule {
  return routingRuleSchema.parse({ ruleId: 'rule', priority: 10, action: { kind: 'leave' }, ...over });
}

/** Why a rule alone does not take the call. */
const whyNot = (rule: RoutingRule) => matchRules([rule], call).others[0]?.reason;

const schedule = { timeZone: 'UTC', days: ['monday'], from: '09:00', to: '17:00' };

test.each([
  {},
  { to: '+442071838750' },
  { to: '4:+442071838750' },
  { from: '+14255550123', toPrefix: '+44' },
  { toPrefix: '44207' },
  { fromPrefix: '+1425' },
  { header: { key: 'USER-to-user', value: '42' } },
  { header: { key: 'x-tier', value: 'gold' } },
  { header: { key: 'language', value: 'de' } },
  { schedule },
  { to: '+442071838750', from: '+14255550123', header: { key: 'X-Tier', value: 'gold' }, schedule },
])('a rule that matches %o takes the call', (match) => {
  expect(matchRules([aRule({ match })], call)).toMatchObject({ rule: { ruleId: 'rule' }, others: [] });
});

test.each([
  [{ to: '+442071838751' }, 'expected a call to +442071838751, got one to +442071838750'],
  [{ from: '4:anonymous' }, 'expected a call from 4:anonymous, got one from +14255550123'],
  [{ toPrefix: '33' }, 'expected a call to +33…, got one to +442071838750'],
  [{ fromPrefix: '+1206' }, 'expected a call from +1206…, got one from +14255550123'],
  [{ header: { key: 'X-Tier', value: 'Gold' } }, 'expected the header X-Tier with "Gold", got ["gold"]'],
  [{ header: { key: 'X-Other', value: '' } }, 'expected the header X-Other with "", got none'],
  [{ schedule: { ...schedule, days: ['sunday'] } }, 'expected sunday from 09:00 to 17:00 in UTC, got monday 10:00'],
  [
    { to: '+442071838751', fromPrefix: '1206' },
    'expected a call to +442071838751, got one to +442071838750; expected a call from +1206…, got one from +14255550123',
  ],
])('a rule that matches %o does not, and says what it expected and what came', (match, reason) => {
  expect(whyNot(aRule({ match }))).toBe(reason);
  expect(whyNot(aRule({ match, enabled: false }))).toBe(`the rule is disabled; ${reason}`);
});

test('a caller whose number is asserted matches by the number, by its first digits and by the raw id', () => {
  const asserted = { ...call, from: '4:+14255550123_207ffef6-9444-41fb-92ab-20eacaae2768' };
  for (const match of [{ from: '+14255550123' }, { fromPrefix: '+1425' }, { from: asserted.from }]) {
    expect(matchRules([aRule({ match })], asserted).rule).toBeDefined();
  }
  const others = [{ from: '4:+14255550123_x' }, { from: '+14255550124' }, { from: '4:anonymous' }, { fromPrefix: '4' }];
  for (const match of others) {
    expect(matchRules([aRule({ match })], asserted).rule).toBeUndefined();
  }
});

test('no rule, no match', () => {
  expect(matchRules([], call)).toEqual({ rule: undefined, others: [] });
});

test('a call without headers has none', () => {
  const { customContext: _, ...bare } = call;
  const rule = aRule({ match: { header: { key: 'language', value: 'de' } } });
  expect(matchRules([rule], bare).others).toEqual([
    { ruleId: 'rule', reason: 'expected the header language with "de", got none' },
  ]);
});

const number = fc.stringMatching(/^\+[1-9]\d{6,13}$/);

test('all first digits of a number are a prefix of it, with a plus and without, and of no raw id', () => {
  fc.assert(
    fc.property(number, fc.nat(13), fc.boolean(), (to, extra, plus) => {
      const firstDigits = to.slice(plus ? 0 : 1, 2 + extra);
      const rules = [aRule({ match: { toPrefix: firstDigits } })];
      expect(matchRules(rules, { ...call, to }).rule).toBe(rules[0]);
      expect(matchRules(rules, { ...call, to: `${to.slice(1)}:acs:user` }).rule).toBeUndefined();
    }),
  );
});

test('a prefix takes a number exactly when the number starts with it', () => {
  fc.assert(
    fc.property(number, fc.stringMatching(/^[1-9]\d{0,2}$/), (from, fromPrefix) => {
      const { rule } = matchRules([aRule({ match: { fromPrefix } })], { ...call, from });
      expect(rule !== undefined).toBe(from.slice(1, 1 + fromPrefix.length) === fromPrefix);
    }),
  );
});

const rules = fc.uniqueArray(
  fc.record({
    ruleId: fc.stringMatching(/^[a-cA-C][a-c]?$/),
    priority: fc.nat(3),
    enabled: fc.boolean(),
    match: fc.constantFrom(
      {},
      { to: call.to },
      { fromPrefix: '+1' },
      { toPrefix: '+1' },
      { header: { key: 'language', value: 'fr' } },
      { schedule },
    ),
  }),
  { selector: ({ ruleId }) => ruleId, maxLength: 8 },
);

test('the first that matches alone takes the call, and each other says why not, in whatever order they are stored', () => {
  fc.assert(
    fc.property(
      rules.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
      ([some, shuffled]) => {
        const parsed = some.map(aRule);
        const match = matchRules(parsed, call);
        const takers = parsed.filter((rule) => whyNot(rule) === undefined);
        const earlier = (a: RoutingRule, b: RoutingRule) =>
          a.priority === b.priority ? a.ruleId < b.ruleId : a.priority < b.priority;
        expect(match.rule).toBe(takers.find((one) => takers.every((other) => other === one || earlier(one, other))));
        expect(match.others.map(({ ruleId }) => ruleId).sort()).toEqual(
          parsed.flatMap((rule) => (rule === match.rule ? [] : [rule.ruleId])).sort(),
        );
        for (const { ruleId, reason } of match.others) {
          const alone = parsed.filter((rule) => rule.ruleId === ruleId).map(whyNot)[0];
          expect(reason).toEqual(alone ?? expect.stringContaining('evaluated after the rule that applies'));
        }
        expect(matchRules(shuffled.map(aRule), call)).toEqual(match);
      },
    ),
  );
});

test('a rule that redirects to a phone number needs a caller id', () => {
  const action = { kind: 'redirect', target: '+14255550124' };
  expect(routingRuleSchema.safeParse({ ruleId: 'r', priority: 1, action }).success).toBe(false);
  expect(
    routingRuleSchema.safeParse({ ruleId: 'r', priority: 1, action: { ...action, callerId: '+14255550100' } }).success,
  ).toBe(true);
});
