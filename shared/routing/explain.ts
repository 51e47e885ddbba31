/** Says what the rules would make of a call, without one. */
import * as z from 'zod';
import { toWireContext } from '../acs/wire/custom-context.ts';
import { customContext, participant } from '../operations/fields/fields.ts';
import { matchRules } from './match.ts';
import type { Routing } from './route-call.ts';
import { caller, routingRuleInput } from './rule.ts';

/** The body of `POST /routing-rules/explain`. */
export const explainInput = z.strictObject({
  from: caller,
  to: participant,
  at: z.iso.datetime({ offset: true }).optional().meta({ description: 'When the call rings; now unless given' }),
  customContext: customContext.optional(),
});

/** What comes of it: the rule that takes the call, what happens then, and why each other rule does not take it. */
export const explanationSchema = z
  .object({
    ruleId: z.string().optional().meta({ description: 'Absent when no rule takes the call' }),
    action: routingRuleInput.shape.action,
    others: z.array(z.object({ ruleId: z.string(), reason: z.string() })),
  })
  .meta({ id: 'RoutingExplanation' });

/** The rule that would take the call, and why each other would not: the same match that routes calls. */
export async function explain(
  { rules, defaultAction }: Routing,
  { at, customContext: headers = [], ...call }: z.output<typeof explainInput>,
  now: string,
): Promise<z.output<typeof explanationSchema>> {
  const ringing = { ...call, receivedAt: at ?? now, customContext: toWireContext(headers) };
  const { rule, others } = matchRules(await rules.all(), ringing);
  return { ...(rule && { ruleId: rule.ruleId }), action: rule?.action ?? defaultAction, others: [...others] };
}
