/**
 * Finds redirects that lead back to their rule, directly or over other rules as they stand: pure, by routing the calls that
 * could go round. A redirect keeps caller, headers and (nearly) time of a call, so a loop is one for some caller, some headers
 * and some time of the week; the calls that are tried have one of each kind that the rules distinguish. Whether a number of the
 * resource rings with the caller id of the redirect instead is not documented: a loop of such calls alone meets the limit of redirects.
 */
import { isPhoneNumber } from '../acs/wire/identifiers.ts';
import type { WireContext } from '../calls/custom-context.ts';
import { matchRules } from './match.ts';
import type { RoutingRule } from './rule.ts';
import { boundariesOf, whyOutside } from './schedule.ts';

/** The ids of the rules that a call passes from the rule back to itself; undefined when no call does. */
export function loopThrough(rule: RoutingRule, others: readonly RoutingRule[], now: string): string[] | undefined {
  const all = [...others.filter(({ ruleId }) => ruleId !== rule.ruleId), rule];
  const rings = (target: string) => ringsHere(target, all);
  for (const rules of atEachTime(
    all.filter(({ enabled }) => enabled),
    now,
  )) {
    for (const from of callersOf(rules)) {
      for (const customContext of headersOf(rules)) {
        const loop = follow(rule.ruleId, rules, rings, { from, customContext });
        if (loop) {
          return loop;
        }
      }
    }
  }
  return undefined;
}

type Passing = { readonly from: string; readonly customContext: WireContext };

/** The rules that a call passes from the redirect of a rule on, if they lead back to it. */
function follow(
  ruleId: string,
  rules: readonly RoutingRule[],
  rings: (target: string) => boolean,
  call: Passing,
): string[] | undefined {
  const passed: string[] = [];
  let next = rules.find((one) => one.ruleId === ruleId);
  while (next?.action.kind === 'redirect' && rings(next.action.target) && !passed.includes(next.ruleId)) {
    passed.push(next.ruleId);
    next = matchRules(rules, { ...call, to: next.action.target, receivedAt: '' }).rule;
  }
  return passed.length > 0 && next?.ruleId === ruleId ? passed : undefined;
}

/**
 * Whether a redirect to the target is an incoming call of the resource again. ACS documents that of users and of the
 * resource's numbers; a number counts as one of these when a rule names it or its first digits (Switchboard's choice), so
 * that a rule for all calls can redirect to a number elsewhere.
 */
function ringsHere(target: string, rules: readonly RoutingRule[]): boolean {
  return (
    !isPhoneNumber(target) ||
    rules.some(
      ({ match: { to, toPrefix } }) => to === target || (toPrefix !== undefined && target.startsWith(toPrefix)),
    )
  );
}

/** The rules that are open, without their schedules, at each time of the coming week at which that changes. */
function atEachTime(rules: readonly RoutingRule[], now: string): readonly (readonly RoutingRule[])[] {
  const schedules = rules.flatMap(({ match: { schedule } }) => (schedule ? [schedule] : []));
  const times = [now, ...schedules.flatMap((schedule) => boundariesOf(schedule, now))];
  const sets = times.map((time) =>
    rules.flatMap((rule) => {
      const { schedule, ...match } = rule.match;
      return schedule && whyOutside(schedule, time) !== undefined ? [] : [{ ...rule, match }];
    }),
  );
  return [...new Map(sets.map((set) => [set.map(({ ruleId }) => ruleId).join(' '), set])).values()];
}

/** A caller whom no rule names, one for each prefix whom nothing else names, and each that is named. */
function callersOf(rules: readonly RoutingRule[]): readonly string[] {
  const named = redirects(rules).flatMap(({ match: { from, fromPrefix } }) => [
    ...(from === undefined ? [] : [from]),
    // No digit follows, so that no longer prefix and no number is meant as well.
    ...(fromPrefix === undefined ? [] : [`${fromPrefix}…`]),
  ]);
  return [...new Set(['', ...named])];
}

/** Beyond it only none, one or two of the headers are tried together: a longer loop meets the limit of redirects. */
const mostCombined = 5;

/** No header, and the combinations of those that redirects ask for: one that none asks for can only end a loop. */
function headersOf(rules: readonly RoutingRule[]): readonly WireContext[] {
  const headers = redirects(rules).flatMap(({ match: { header } }) => (header ? [header] : []));
  const distinct = [...new Map(headers.map((header) => [JSON.stringify([header.key, header.value]), header])).values()];
  const most = distinct.length > mostCombined ? 2 : mostCombined;
  const sets: (typeof distinct)[] = [[]];
  for (const header of distinct) {
    sets.push(...sets.filter((set) => set.length < most).map((set) => [...set, header]));
  }
  // Two values of one name come as a SIP and as a VoIP header.
  return sets.map((set) => ({
    sipHeaders: Object.fromEntries(set.map(({ key, value }) => [key, value])),
    voipHeaders: Object.fromEntries([...set].reverse().map(({ key, value }) => [key, value])),
  }));
}

function redirects(rules: readonly RoutingRule[]): readonly RoutingRule[] {
  return rules.filter(({ action }) => action.kind === 'redirect');
}
