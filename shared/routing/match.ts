/** Which rule takes an incoming call. Pure: the lowest priority wins, then the rule's id, so that a tie is never chance. */
import { mismatches, type Ringing } from './conditions.ts';
import type { RoutingRule } from './rule.ts';

/** A rule that does not take a call, and why. */
export interface OtherRule {
  readonly ruleId: string;
  readonly reason: string;
}

/** What the rules say of a call: the one that takes it, if any, and the others in the order in which they are asked. */
export interface Match {
  readonly rule: RoutingRule | undefined;
  readonly others: readonly OtherRule[];
}

/** Asks every rule about a call. */
export function matchRules(rules: readonly RoutingRule[], call: Ringing): Match {
  const asked = inOrder(rules).map((rule) => ({ rule, reasons: mismatches(rule, call) }));
  const taker = asked.find(({ reasons }) => reasons.length === 0)?.rule;
  const others = asked
    .filter(({ rule }) => rule !== taker)
    .map(({ rule, reasons }) => ({ ruleId: rule.ruleId, reason: reasons.join('; ') || askedLater(rule) }));
  return { rule: taker, others };
}

function askedLater({ priority }: RoutingRule): string {
  return `it matches too, but with priority ${priority} it is asked after the rule that takes the call`;
}

/** Rules in the order in which they are asked. */
function inOrder(rules: readonly RoutingRule[]): RoutingRule[] {
  return [...rules].sort((a, b) => a.priority - b.priority || (a.ruleId < b.ruleId ? -1 : 1));
}
