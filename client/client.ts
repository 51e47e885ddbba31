/** The client: every endpoint of the API by its method and path, typed by the description of the API. */
import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths, webhooks } from './schema.ts';

/** `GET`, `POST`, `PUT` … take a path of the API, and resolve to `data` or `error`, and the `response`. */
export type Switchboard = Client<paths, 'application/json'>;

export type Call = components['schemas']['Call'];
export type Operation = components['schemas']['Operation'];
export type Problem = components['schemas']['Problem'];

/** A message that a webhook is sent. */
export type WebhookEvent = webhooks[keyof webhooks]['post']['requestBody']['content']['application/cloudevents+json'];

export interface SwitchboardOptions {
  /** Where the API answers, such as `https://contoso.azurewebsites.net/api`. */
  readonly url: string;
  /** A token of Microsoft Entra or an API key; `npm run dev` needs none. */
  readonly key?: string;
  /** In place of the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export function createSwitchboard({ url, key, fetch }: SwitchboardOptions): Switchboard {
  return createFetchClient<paths, 'application/json'>({
    baseUrl: url,
    ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }),
    ...(fetch && { fetch }),
  });
}
