/** Finds the rule that matches an incoming call. Pure: the lowest priority number wins, ties are broken by the rule's id. */
import { mismatches, type Ringing } from './conditions.ts';
import type { RoutingRule } from './rule.ts';

/** A rule that does not apply to a call, and why. */
export interface OtherRule {
  readonly ruleId: string;
  readonly reason: string;
}

/** The rule that applies to a call, if any, and the others in order of evaluation. */
export interface Match {
  readonly rule: RoutingRule | undefined;
  readonly others: readonly OtherRule[];
}

/** Evaluates every rule for a call. */
export function matchRules(rules: readonly RoutingRule[], call: Ringing): Match {
  const evaluated = inOrder(rules).map((rule) => ({ rule, reasons: mismatches(rule, call) }));
  const taker = evaluated.find(({ reasons }) => reasons.length === 0)?.rule;
  const others = evaluated
    .filter(({ rule }) => rule !== taker)
    .map(({ rule, reasons }) => ({ ruleId: rule.ruleId, reason: reasons.join('; ') || outranked(rule) }));
  return { rule: taker, others };
}

function outranked({ priority }: RoutingRule): string {
  return `it matches too, but with priority ${priority} it is evaluated after the rule that applies`;
}

/** Rules in order of evaluation. */
function inOrder(rules: readonly RoutingRule[]): RoutingRule[] {
  return [...rules].sort((a, b) => a.priority - b.priority || (a.ruleId < b.ruleId ? -1 : 1));
}
