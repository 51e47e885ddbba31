/** Which rule takes an incoming call. Pure: the lowest priority wins, then the rule's id, so that a tie is never chance. */
import type { RoutingRule } from './rule.ts';

/** What rules look at. */
export interface Ringing {
  readonly from: string;
  readonly to: string;
}

/** The rule that takes the call, or undefined when none does. */
export function matchRule(rules: readonly RoutingRule[], call: Ringing): RoutingRule | undefined {
  return inOrder(rules).find((rule) => whyNot(rule, call) === undefined);
}

/** Rules in the order in which they are asked. */
function inOrder(rules: readonly RoutingRule[]): RoutingRule[] {
  return [...rules].sort((a, b) => a.priority - b.priority || (a.ruleId < b.ruleId ? -1 : 1));
}

/** Why a rule does not take a call; undefined when it does. */
export function whyNot(rule: RoutingRule, call: Ringing): string | undefined {
  const { match } = rule;
  const reasons: readonly (readonly [boolean, string])[] = [
    [!rule.enabled, 'the rule is disabled'],
    [match.to !== undefined && match.to !== call.to, 'another number was called'],
    [match.from !== undefined && match.from !== call.from, 'another number calls'],
    [match.toPrefix !== undefined && !begins(call.to, match.toPrefix), 'the called number begins otherwise'],
    [match.fromPrefix !== undefined && !begins(call.from, match.fromPrefix), 'the calling number begins otherwise'],
  ];
  return reasons.find(([applies]) => applies)?.[1];
}

function begins(number: string, prefix: string): boolean {
  return number.replace(/^\+/, '').startsWith(prefix.replace(/^\+/, ''));
}
