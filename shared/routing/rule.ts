/** A routing rule: conditions on incoming calls, and the action for those that match. */
import * as z from 'zod';
import type { FieldError } from '../errors.ts';
import { answerCall } from '../operations/calls/answer-call.ts';
import { redirectCall } from '../operations/calls/redirect-call.ts';
import { rejectCall } from '../operations/calls/reject-call.ts';
import { agreeing, callerIdNeeded, hasCallerId } from '../operations/fields/fields.ts';
import { person } from '../operations/fields/people.ts';
import type { CheckInput } from '../operations/parse-input.ts';
import { within } from '../sequences/language/json-path.ts';
import { ruleFields, validateForIncomingCalls } from '../sequences/request.ts';
import { scheduleSchema } from './schedule.ts';

/** The first digits of an E.164 number; parsed to a text with a plus. */
const prefix = z
  .string()
  .regex(/^\+?[1-9]\d{0,14}$/, 'expected the first digits of an E.164 number such as +1425')
  .transform((digits) => `+${digits.replace('+', '')}`)
  .pipe(z.string());

const headerSchema = z
  .strictObject({ key: z.string().min(1).max(128), value: z.string().max(1024) })
  .meta({ description: 'A header that came with the call: `User-To-User`, `X-…`, or the key of a VoIP header' });

export type Header = Readonly<z.output<typeof headerSchema>>;

const matchSchema = z
  .strictObject({
    to: person.optional(),
    from: person.optional(),
    toPrefix: prefix.optional(),
    fromPrefix: prefix.optional(),
    header: headerSchema.optional(),
    schedule: scheduleSchema.optional(),
  })
  .meta({ id: 'RoutingMatch', description: 'Conditions that must all hold; an empty match applies to every call' });

/** A sequence that works on the call. */
const sequenceAction = z.strictObject({ kind: z.literal('sequence'), ...ruleFields });

const actionSchema = z
  .discriminatedUnion(
    'kind',
    [
      agreeing(z.strictObject({ kind: z.literal('answer'), ...answerCall.input.shape })),
      agreeing(z.strictObject({ kind: z.literal('reject'), ...rejectCall.input.shape })),
      agreeing(z.strictObject({ kind: z.literal('redirect'), ...redirectCall.input.shape })).refine(
        ({ callerId, target }) => hasCallerId(callerId, target),
        callerIdNeeded,
      ),
      sequenceAction,
      z.strictObject({ kind: z.literal('leave') }),
    ],
    { error: 'expected an action of kind answer, reject, redirect, sequence or leave' },
  )
  .meta({ id: 'RoutingAction' });

/** The body of `PUT /routing-rules/{ruleId}`. */
export const routingRuleInput = z.strictObject({
  priority: z.int().min(0).max(1_000_000),
  enabled: z.boolean().default(true),
  match: matchSchema.default({}),
  action: actionSchema,
});

/** The errors of an action besides its shape, found when the rule is put and not when the first call rings. */
export function actionErrors(action: unknown, checkInput: CheckInput): readonly FieldError[] {
  const { data: { kind: _, ...request } = {}, success } = sequenceAction.safeParse(action);
  const errors = success ? validateForIncomingCalls(request, checkInput) : checkInput(actionSchema, Object(action));
  return errors.map((error) => within('action', error));
}

/** The routing-rule resource. */
export const routingRuleSchema = z
  .object({ ruleId: z.string(), ...routingRuleInput.shape })
  .meta({ id: 'RoutingRule' });

export type RoutingRule = Readonly<z.output<typeof routingRuleSchema>>;
export type RoutingAction = RoutingRule['action'];

/** The id of a rule: a word that needs no escaping in a URL. */
export const ruleIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
