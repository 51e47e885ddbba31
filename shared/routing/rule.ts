/** A routing rule: which incoming calls it takes, and what becomes of them. */
import { z } from 'zod';
import { answerCall } from '../operations/answer-call.ts';
import { callerIdNeeded, hasCallerId, participant } from '../operations/input.ts';
import { redirectCall } from '../operations/redirect-call.ts';
import { rejectCall } from '../operations/reject-call.ts';

const prefix = z.string().regex(/^\+?\d{1,15}$/, 'expected the beginning of an E.164 number such as +1425');

const matchSchema = z
  .strictObject({
    to: participant.optional(),
    from: participant.optional(),
    toPrefix: prefix.optional(),
    fromPrefix: prefix.optional(),
  })
  .meta({ description: 'What must all be true of the call; an empty match takes every call' });

const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), ...answerCall.input.shape }),
  z.strictObject({ kind: z.literal('reject'), ...rejectCall.input.shape }),
  z
    .strictObject({ kind: z.literal('redirect'), ...redirectCall.input.shape })
    .refine(({ callerId, target }) => hasCallerId(callerId, target), callerIdNeeded),
  z.strictObject({ kind: z.literal('leave') }),
]);

/** The body of `PUT /routing-rules/{ruleId}`. */
export const routingRuleInput = z.strictObject({
  priority: z.int().min(0).max(1_000_000),
  enabled: z.boolean().default(true),
  match: matchSchema.default({}),
  action: actionSchema,
});

/** The routing-rule resource. */
export const routingRuleSchema = z
  .object({ ruleId: z.string(), ...routingRuleInput.shape })
  .meta({ id: 'RoutingRule' });

export type RoutingRule = Readonly<z.output<typeof routingRuleSchema>>;
export type RoutingAction = RoutingRule['action'];

/** Names a rule: a word that fits a URL. */
export const ruleIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
