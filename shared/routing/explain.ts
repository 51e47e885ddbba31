/** Evaluates the routing rules for a hypothetical call. */
import * as z from 'zod';
import { toWireContext } from '../acs/wire/custom-context.ts';
import { customContext } from '../operations/fields/custom-context.ts';
import { person } from '../operations/fields/people.ts';
import { matchRules } from './match.ts';
import type { Routing } from './route-call.ts';
import { routingRuleInput } from './rule.ts';

/** The body of `POST /routing-rules/explain`. */
export const explainInput = z.strictObject({
  from: person,
  to: person,
  at: z.iso.datetime({ offset: true }).optional().meta({ description: 'When the call rings; now unless given' }),
  customContext: customContext.optional(),
});

/** The rule that matches, its action, and why each other rule does not apply. */
export const explanationSchema = z
  .object({
    ruleId: z.string().optional().meta({ description: 'Absent when no rule matches the call' }),
    action: routingRuleInput.shape.action,
    others: z.array(z.object({ ruleId: z.string(), reason: z.string() })),
  })
  .meta({ id: 'RoutingExplanation' });

/** Explains a dispatch by the same function that routes calls. */
export async function explain(
  { rules, defaultAction }: Routing,
  { at, customContext: headers = [], ...call }: z.output<typeof explainInput>,
  now: string,
): Promise<z.output<typeof explanationSchema>> {
  const ringing = { ...call, receivedAt: at ?? now, customContext: toWireContext(headers) };
  const { rule, others } = matchRules(await rules.all(), ringing);
  return { ...(rule && { ruleId: rule.ruleId }), action: rule?.action ?? defaultAction, others: [...others] };
}
