/** The table of writes that are no operations of ACS: the user's own routing rules and webhooks. */
import type { z } from 'zod';
import { explainInput, explanationSchema } from '../routing/explain.ts';
import { routingRuleInput, routingRuleSchema } from '../routing/rule.ts';
import { webhookInput, webhookSchema } from '../webhooks/webhook.ts';
import type { Answerer } from './handler.ts';
import { deleteRoutingRule, explainRouting, putRoutingRule } from './routing-endpoints.ts';
import { deleteWebhook, putWebhook } from './webhook-endpoints.ts';

/** One write. It takes an `input`, and answers 200 with its `schema`, or 204 without one. */
export interface Write {
  readonly name: string;
  readonly summary: string;
  readonly method: 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly answer: Answerer;
  readonly input?: z.ZodType;
  readonly example?: unknown;
  readonly schema?: z.ZodType;
}

export const writes: readonly Write[] = [
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
