/** The table of writes that are no operations of ACS: the user's own routing rules and webhooks. */
import type { z } from 'zod';
import { explainInput, explanationSchema } from '../routing/explain.ts';
import { routingRuleInput, routingRuleSchema } from '../routing/rule.ts';
import { sequenceInput } from '../sequences/request.ts';
import { sequenceSchema } from '../sequences/runtime/sequence.ts';
import { webhookInput, webhookSchema } from '../webhooks/webhook.ts';
import { deleteRoutingRule, explainRouting, putRoutingRule } from './endpoints/routing-rules.ts';
import { postCancel, postSequence } from './endpoints/sequences.ts';
import { deleteWebhook, putWebhook } from './endpoints/webhooks.ts';
import type { Handler } from './handler.ts';

/** One write. It takes an `input`, and answers 200 with its `schema`, or 204 without one. */
export interface Write {
  readonly name: string;
  readonly summary: string;
  readonly method: 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly answer: Handler;
  readonly input?: z.ZodType;
  readonly example?: unknown;
  readonly schema?: z.ZodType;
}

export const writes: readonly Write[] = [
  {
    name: 'startSequence',
    summary: 'Start a built-in sequence by its name, or one of steps',
    method: 'POST',
    path: 'sequences',
    answer: postSequence,
    input: sequenceInput,
    example: {
      callId: '0f7d3c1e-6b2a-4c58-9c70-2f4a1f1f7c11',
      steps: [
        { do: 'play', with: { sources: [{ text: 'Please hold the line.', locale: 'en-US' }] } },
        { do: 'addParticipant', with: { target: '+14255550123', callerId: '+14255550100' } },
      ],
      finally: [{ do: 'hangUp', with: { forEveryone: true } }],
    },
    schema: sequenceSchema,
  },
  {
    name: 'cancelSequence',
    summary: 'Stop a sequence and take back what it did',
    method: 'POST',
    path: 'sequences/{sequenceId}/cancel',
    answer: postCancel,
    schema: sequenceSchema,
  },
  {
    name: 'putRoutingRule',
    summary: 'Create or replace a routing rule',
    method: 'PUT',
    path: 'routing-rules/{ruleId}',
    answer: putRoutingRule,
    input: routingRuleInput,
    schema: routingRuleSchema,
  },
  {
    name: 'deleteRoutingRule',
    summary: 'Delete a routing rule',
    method: 'DELETE',
    path: 'routing-rules/{ruleId}',
    answer: deleteRoutingRule,
  },
  {
    name: 'explainRouting',
    summary: 'Which rule would take a call, and why each other would not',
    method: 'POST',
    path: 'routing-rules/explain',
    answer: explainRouting,
    input: explainInput,
    example: { from: '+14255550123', to: '+14255550100' },
    schema: explanationSchema,
  },
  {
    name: 'putWebhook',
    summary: 'Create or replace a webhook; the secret may be left out when it shall stay',
    method: 'PUT',
    path: 'webhooks/{webhookId}',
    answer: putWebhook,
    input: webhookInput.partial({ secret: true }),
    example: {
      url: 'https://example.com/events',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      eventTypes: ['CallConnected', 'OperationSettled'],
    },
    schema: webhookSchema,
  },
  {
    name: 'deleteWebhook',
    summary: 'Delete a webhook and what it missed',
    method: 'DELETE',
    path: 'webhooks/{webhookId}',
    answer: deleteWebhook,
  },
];
