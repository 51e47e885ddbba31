/** The webhooks over HTTP. A secret goes in and never comes out. */
import * as z from 'zod';
import type { Invocation } from '../../app.ts';
import { AppError, type FieldError } from '../../errors.ts';
import { parseInput } from '../../operations/parse-input.ts';
import { urlError } from '../../webhooks/url-policy.ts';
import { isWebhookId, notifyUrlId, toResource, type Webhook, webhookInput } from '../../webhooks/webhook.ts';
import { type Handler, json } from '../handler.ts';
import { pathParameter } from '../path.ts';
import { noQuery, pageParameters, readQuery } from '../query.ts';
import { readObject } from '../read-body.ts';

/** Every event goes through all of them. */
const maxWebhooks = 100;

const pageQuery = z.strictObject(pageParameters);

/** GET /webhooks */
export const listWebhooks: Handler = async ({ webhooks }, request) => {
  const { limit, cursor } = readQuery(request, pageQuery);
  const { items, ...rest } = await webhooks.store.list(limit, cursor);
  return json({ items: items.map(toResource), ...rest });
};

/** GET /webhooks/{webhookId} */
export const getWebhook: Handler = async ({ webhooks }, request) => {
  const webhook = await webhooks.store.get(pathParameter(request, 'webhookId'));
  if (!webhook) {
    throw unknownWebhook();
  }
  readQuery(request, noQuery);
  return json(toResource(webhook));
};

/** GET /webhooks/{webhookId}/failures: `notifyUrl` names the URLs of operations. */
export const listWebhookFailures: Handler = async ({ webhooks }, request) => {
  const webhookId = pathParameter(request, 'webhookId');
  if (webhookId !== notifyUrlId && !(await webhooks.store.get(webhookId))) {
    throw unknownWebhook();
  }
  const { limit, cursor } = readQuery(request, pageQuery);
  return json(await webhooks.failures.list(webhookId, limit, cursor));
};

/** PUT /webhooks/{webhookId}: without a secret, one that exists keeps its own. */
export const putWebhook: Handler = async ({ webhooks }, request) => {
  const { fields, faults } = await readObject(request);
  const webhookId = pathParameter(request, 'webhookId');
  const known = isWebhookId(webhookId) ? await webhooks.store.get(webhookId) : undefined;
  const given = { ...(known && { secret: known.secret }), ...fields };
  const input = parseInput({ input: webhookInput }, given, [...faultsOf(webhooks, webhookId, fields), ...faults]);
  if (!known && (await webhooks.store.all()).length >= maxWebhooks) {
    throw new AppError('tooManyWebhooks', `There are ${maxWebhooks} webhooks, the most that there can be; delete one.`);
  }
  const webhook: Webhook = { webhookId, ...input };
  await webhooks.store.put(webhook);
  webhooks.subscribers.invalidate();
  return json(toResource(webhook));
};

/** DELETE /webhooks/{webhookId} */
export const deleteWebhook: Handler = async ({ webhooks, ledger }, request) => {
  const webhookId = pathParameter(request, 'webhookId');
  if (!(await webhooks.store.delete(webhookId))) {
    throw unknownWebhook();
  }
  webhooks.subscribers.invalidate();
  await webhooks.failures.purge(webhookId, ledger.now());
  return { status: 204 };
};

/** What the schema does not know: the id, and where this app may send to. */
function faultsOf(
  { policy }: Invocation['webhooks'],
  webhookId: string,
  { url }: Record<string, unknown>,
): FieldError[] {
  const named = isWebhookId(webhookId)
    ? []
    : [
        {
          path: 'webhookId',
          message: `expected 1 to 64 letters, digits, dots, dashes or underscores, not ${notifyUrlId}`,
        },
      ];
  const fault = typeof url === 'string' ? urlError(url, policy) : undefined;
  return fault === undefined ? named : [...named, { path: 'url', message: fault }];
}

function unknownWebhook(): AppError {
  return new AppError('webhookNotFound', 'No webhook has this id.');
}
