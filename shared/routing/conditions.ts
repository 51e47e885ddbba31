/** The conditions of a rule: each matches a call, or states what it expected and what it got. */
import { numberOf } from '../acs/wire/identifiers.ts';
import type { IncomingDetails } from '../calls/call.ts';
import { headerId } from '../calls/custom-context.ts';
import type { Header, RoutingRule } from './rule.ts';
import { whyOutside } from './schedule.ts';

/** What conditions read: caller, callee, time and headers of the call. */
export type Ringing = Pick<IncomingDetails, 'from' | 'to' | 'receivedAt' | 'customContext'>;

type Condition = (match: RoutingRule['match'], call: Ringing) => string | undefined;

/** A number that a network asserts for a caller counts as the caller's number (Switchboard's choice). */
const conditions: readonly Condition[] = [
  ({ to }, call) =>
    to === undefined || to === call.to ? undefined : `expected a call to ${to}, got one to ${call.to}`,
  ({ from }, call) =>
    from === undefined || from === call.from || from === numberOf(call.from)
      ? undefined
      : `expected a call from ${from}, got one from ${call.from}`,
  ({ toPrefix = '' }, call) =>
    call.to.startsWith(toPrefix) ? undefined : `expected a call to ${toPrefix}…, got one to ${call.to}`,
  ({ fromPrefix = '' }, call) =>
    (numberOf(call.from) ?? call.from).startsWith(fromPrefix)
      ? undefined
      : `expected a call from ${fromPrefix}…, got one from ${call.from}`,
  ({ header }, call) => header && whyOtherHeader(header, call),
  ({ schedule }, call) => schedule && whyOutside(schedule, call.receivedAt),
];

/** Every reason why a rule does not match a call; none when it does. */
export function mismatches({ enabled, match }: RoutingRule, call: Ringing): string[] {
  const reasons = conditions.map((condition) => condition(match, call)).filter((reason) => reason !== undefined);
  return enabled ? reasons : ['the rule is disabled', ...reasons];
}

/** Names of headers are compared in every spelling of ACS, values exactly (Switchboard's choice). */
function whyOtherHeader({ key, value }: Header, { customContext }: Ringing): string | undefined {
  const values = [customContext?.sipHeaders, customContext?.voipHeaders]
    .flatMap((headers) => Object.entries(headers ?? {}))
    .filter(([name]) => headerId(name) === headerId(key))
    .map(([, each]) => each);
  return values.includes(value)
    ? undefined
    : `expected the header ${key} with ${JSON.stringify(value)}, got ${values.length > 0 ? JSON.stringify(values) : 'none'}`;
}
