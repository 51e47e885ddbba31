/** The conditions of a rule: each holds for a call, or says what it expected and what came. */
import type { IncomingDetails } from '../calls/call.ts';
import type { Header, RoutingRule } from './rule.ts';
import { whyOutside } from './schedule.ts';

/** What rules look at: who calls whom, since when, and the headers that came along. */
export type Ringing = Pick<IncomingDetails, 'from' | 'to' | 'receivedAt' | 'customContext'>;

type Condition = (match: RoutingRule['match'], call: Ringing) => string | undefined;

const conditions: readonly Condition[] = [
  ({ to }, call) =>
    to === undefined || to === call.to ? undefined : `expected a call to ${to}, got one to ${call.to}`,
  ({ from }, call) =>
    from === undefined || from === call.from ? undefined : `expected a call from ${from}, got one from ${call.from}`,
  ({ toPrefix = '' }, call) =>
    call.to.startsWith(toPrefix) ? undefined : `expected a call to ${toPrefix}…, got one to ${call.to}`,
  ({ fromPrefix = '' }, call) =>
    call.from.startsWith(fromPrefix) ? undefined : `expected a call from ${fromPrefix}…, got one from ${call.from}`,
  ({ header }, call) => header && whyOtherHeader(header, call),
  ({ schedule }, call) => schedule && whyOutside(schedule, call.receivedAt),
];

/** Every reason for which a rule does not take a call; none when it does. */
export function mismatches({ enabled, match }: RoutingRule, call: Ringing): string[] {
  const reasons = conditions.map((condition) => condition(match, call)).filter((reason) => reason !== undefined);
  return enabled ? reasons : ['the rule is disabled', ...reasons];
}

/** Names of headers are compared as SIP does, without regard to case (RFC 3261, 7.3.1); values exactly (ours). */
function whyOtherHeader({ key, value }: Header, { customContext }: Ringing): string | undefined {
  const came = [customContext?.sipHeaders, customContext?.voipHeaders]
    .flatMap((headers) => Object.entries(headers ?? {}))
    .filter(([name]) => name.toLowerCase() === key.toLowerCase())
    .map(([, each]) => each);
  return came.includes(value)
    ? undefined
    : `expected the header ${key} with ${JSON.stringify(value)}, got ${came.length > 0 ? JSON.stringify(came) : 'none'}`;
}
