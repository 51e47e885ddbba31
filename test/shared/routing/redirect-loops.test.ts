/** Redirects in a loop: every one is found when its last rule is put, and only loops are refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchRules } from '../../../shared/routing/match.ts';
import { loopThrough } from '../../../shared/routing/redirect-loops.ts';
import { type RoutingRule, routingRuleSchema } from '../../../shared/routing/rule.ts';

const [a, b, c] = ['+14255550101', '+14255550102', '+14255550103'];
const callerId = '+14255550100';
const user = '8:acs:1_2';
const now = '2026-01-05T10:00:00.000Z';
const redirect = (target: string) => ({ kind: 'redirect', target, callerId });

function rule(ruleId: string, match: object, action: object, over: object = {}): RoutingRule {
  return routingRuleSchema.parse({ ruleId, priority: 10, match, action, ...over });
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const office = { timeZone: 'Europe/Berlin', days: weekdays, from: '09:00', to: '17:00' };
const night = { ...office, from: '17:00', to: '09:00' };

const back = rule('back', { to: b }, redirect(a));

test.each([
  ['to the number that it matches', rule('r', { to: a }, redirect(a)), [], ['r']],
  ['to the user whom a rule for all calls matches', rule('r', {}, redirect(user)), [], ['r']],
  ['to another rule that leads back', rule('r', { to: a }, redirect(b)), [back], ['r', 'back']],
  [
    'over two others',
    rule('r', { to: a }, redirect(c)),
    [back, rule('on', { to: c }, redirect(b))],
    ['r', 'on', 'back'],
  ],
  ['for some callers', rule('r', { to: a, fromPrefix: '+1206' }, redirect(b)), [back], ['r', 'back']],
  ['for one caller', rule('r', { to: a, from: '4:anonymous' }, redirect(b)), [back], ['r', 'back']],
  [
    'for calls with a header',
    rule('r', { to: a, header: { key: 'Tier', value: 'x' } }, redirect(b)),
    [back],
    ['r', 'back'],
  ],
  ['at some time of the week', rule('r', { to: a, schedule: office }, redirect(b)), [back], ['r', 'back']],
  [
    'at the times at which another rule is closed',
    rule('r', { to: a }, redirect(b)),
    [back, rule('day', { to: b, schedule: office }, { kind: 'answer' }, { priority: 1 })],
    ['r', 'back'],
  ],
  [
    'for the callers whom another rule does not take',
    rule('r', { to: a }, redirect(b)),
    [back, rule('vip', { to: b, fromPrefix: '+1425' }, { kind: 'answer' }, { priority: 1 })],
    ['r', 'back'],
  ],
])('a redirect that comes back %s is a loop', (_, put, others, chain) => {
  expect(loopThrough(put, others, now)).toEqual(chain);
});

test.each([
  ['a rule that does not redirect', rule('r', { to: a }, { kind: 'reject' }), [back]],
  ['a rule that is disabled', rule('r', { to: a }, redirect(a), { enabled: false }), []],
  ['a redirect of all calls to a number elsewhere', rule('r', {}, redirect('+442071838750')), []],
  ['a redirect to a rule that is disabled', rule('r', { to: a }, redirect(b)), [{ ...back, enabled: false }]],
  [
    'a redirect to a number that a rule answers first',
    rule('r', { to: a }, redirect(b)),
    [back, rule('first', { to: b }, { kind: 'answer' }, { priority: 1 })],
  ],
  [
    'rules for callers that exclude each other',
    rule('r', { to: a, fromPrefix: '+1206' }, redirect(b)),
    [{ ...back, match: { to: b, fromPrefix: '+1425' } }],
  ],
  [
    'rules for hours that exclude each other',
    rule('r', { to: a, schedule: office }, redirect(b)),
    [{ ...back, match: { to: b, schedule: night } }],
  ],
  ['a loop of other rules', rule('r', { to: c }, redirect(a)), [rule('x', { to: a }, redirect(b)), back]],
])('%s is no loop through it', (_, put, others) => {
  expect(loopThrough(put, others as RoutingRule[], now)).toBeUndefined();
});

test('where redirects ask for more than five headers, a loop is found for calls with up to two of them', () => {
  const needs = (ruleId: string, to: string, target: string, key: string) =>
    rule(ruleId, { to, header: { key, value: 'x' } }, redirect(target));
  const others = ['D', 'E', 'F', 'G'].map((key) => needs(`elsewhere-${key}`, '+14255550109', '+442071838750', key));
  const ofTwo = needs('r', a, b, 'A');
  expect(loopThrough(ofTwo, [needs('back', b, a, 'B'), ...others], now)).toEqual(['r', 'back']);
  const ofThree = [needs('on', b, c, 'B'), needs('back', c, a, 'C')];
  expect(loopThrough(ofTwo, ofThree, now)).toEqual(['r', 'on', 'back']);
  expect(loopThrough(ofTwo, [...ofThree, ...others], now)).toBeUndefined();
});

const numbers = fc.constantFrom(a, b, c, user);
const header = fc.record({ key: fc.constantFrom('Tier', 'Region'), value: fc.constantFrom('x', 'y') });
const where = fc.oneof(
  fc.record({ to: numbers }),
  fc.record({ toPrefix: fc.constantFrom('+1425555', '+14255550101') }),
);
const who = fc.record(
  {
    from: fc.constantFrom('+12065550111', '+14255550123', '4:anonymous'),
    fromPrefix: fc.constantFrom('+1206', '+1', '+12065550'),
    header,
    schedule: fc.constantFrom(office, night, { ...office, timeZone: 'Asia/Kolkata', from: '08:30' }),
  },
  { requiredKeys: [] },
);
const match = fc.tuple(where, who).map(([to, others]) => ({ ...to, ...others }));
const action = fc.oneof(
  { weight: 3, arbitrary: numbers.map(redirect) },
  { weight: 1, arbitrary: fc.constant({ kind: 'answer' }) },
);
const somePuts = fc.array(fc.tuple(match, action, fc.nat(3)), { minLength: 1, maxLength: 7 });
const call = fc.record({
  to: numbers,
  from: fc.constantFrom(
    '+12065550111',
    '+12065550999',
    '+12069990000',
    '+14255550123',
    '+442071838750',
    '4:anonymous',
    user,
  ),
  receivedAt: fc
    .integer({ min: 0, max: 7 * 24 * 60 - 1 })
    .map((minute) => new Date(Date.parse(now) + minute * 60_000).toISOString()),
  customContext: fc.record({
    sipHeaders: fc.dictionary(fc.constantFrom('X-MS-Custom-Tier', 'Region'), fc.constantFrom('x', 'y')),
    voipHeaders: fc.dictionary(fc.constantFrom('tier', 'region'), fc.constantFrom('x', 'y')),
  }),
});

test('no call goes round over rules that were put one after another, whatever caller, headers and time it has', () => {
  fc.assert(
    fc.property(somePuts, fc.array(call, { minLength: 20, maxLength: 20 }), (puts, calls) => {
      const rules: RoutingRule[] = [];
      for (const [index, [matching, taking, priority]] of puts.entries()) {
        const put = rule(`r${index}`, matching, taking, { priority });
        const loop = loopThrough(put, rules, now);
        if (loop === undefined) {
          rules.push(put);
        } else {
          expect(loop[0]).toBe(put.ruleId);
        }
      }
      for (const ringing of calls) {
        const passed = new Set<string>();
        let to = ringing.to;
        for (
          let taker = matchRules(rules, ringing).rule;
          taker?.action.kind === 'redirect';
          taker = matchRules(rules, { ...ringing, to }).rule
        ) {
          expect(passed).not.toContain(taker.ruleId);
          passed.add(taker.ruleId);
          to = taker.action.target;
        }
      }
    }),
  );
});
