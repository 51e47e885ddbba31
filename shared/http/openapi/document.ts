/** The API's description in OpenAPI 3.1, derived from the table of endpoints. */
import { keyHeader } from '../../access/credential.ts';
import type { Endpoint } from '../endpoint.ts';
import { resourceOf, resources } from '../resources.ts';
import { roles } from '../roles.ts';
import { Components } from './components.ts';
import { endpointItem } from './endpoint-item.ts';
import type { Json } from './json-schema.ts';
import { webhookItems } from './webhook-items.ts';

/** The whole document. `serverUrl` is where the API answers. */
export function openApi(endpoints: readonly Endpoint[], serverUrl: string): Json & { readonly openapi: string } {
  const components = new Components();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = `/${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: endpointItem(endpoint, components) };
  }
  const webhooks = webhookItems(components);
  const used = new Set(endpoints.map(({ path }) => resourceOf(path)));
  return {
    openapi: '3.1.0',
    info: {
      title: 'ACS Switchboard',
      version: '1',
      description:
        'Call control for Azure Communication Services. Every response has `x-request-id`, which is that of the request if ' +
        'it had one, and `API-Version`; every GET of JSON has an `ETag`, and is 304 for one that `If-None-Match` names; every GET ' +
        'has HEAD, and every path OPTIONS. `x-roles` lists the application roles ' +
        `of which a caller of an operation needs one:\n\n${rolesText()}`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(resources)
      .filter(([name]) => used.has(name))
      .map(([name, description]) => ({ name, description })),
    security: [{ token: [] }, { apiKey: [] }],
    paths,
    webhooks,
    components: {
      ...components.toJson(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of Microsoft Entra, or an API key' },
        apiKey: { type: 'apiKey', in: 'header', name: keyHeader },
      },
    },
  };
}

function rolesText(): string {
  return Object.entries(roles)
    .map(([name, description]) => `- \`${name}\`: ${description}`)
    .join('\n');
}
