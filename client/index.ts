/** The public names of the client. */
export { type Answer, dataOf, SwitchboardError } from './answer.ts';
export {
  type Call,
  createSwitchboard,
  type Operation,
  type Problem,
  type Switchboard,
  type SwitchboardOptions,
  type WebhookEvent,
} from './client.ts';
export { type ItemOf, items, type ListParameters, type ListPath } from './items.ts';
export type { components, operations, paths, webhooks } from './schema.ts';
export { type Settled, settled, type WaitOptions } from './settled.ts';
export { type VerifyOptions, verifyWebhook, type WebhookMessage, WebhookVerificationError } from './webhook.ts';
