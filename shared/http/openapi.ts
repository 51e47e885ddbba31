/** The API's description in OpenAPI 3.1, derived from the table of endpoints. */
import type { Endpoint } from './endpoint.ts';
import { componentsOf, type Json } from './json-schema.ts';
import { endpointItem } from './openapi-item.ts';
import { problemResponses } from './openapi-problems.ts';
import { problemSchema } from './problem.ts';
import { resourceOf, resources } from './resources.ts';
import { roles } from './roles.ts';
import { sentSchemas, webhookItems } from './webhook-items.ts';

/** The whole document. `serverUrl` is where the API answers. */
export function openApi(endpoints: readonly Endpoint[], serverUrl: string): Json & { readonly openapi: string } {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = `/${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: endpointItem(endpoint) };
  }
  const used = new Set(endpoints.map(({ path }) => resourceOf(path)));
  const bodies = endpoints.flatMap(({ body }) => body ?? []);
  const results = endpoints.flatMap(({ success }) => success.flatMap(({ schema }) => schema ?? []));
  return {
    openapi: '3.1.0',
    info: {
      title: 'ACS Switchboard',
      version: '1',
      description:
        'Call control for Azure Communication Services. `x-roles` lists the application roles of which a caller of an ' +
        `operation needs one:\n\n${rolesText()}`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(resources)
      .filter(([name]) => used.has(name))
      .map(([name, description]) => ({ name, description })),
    security: [{ functionKey: [] }],
    paths,
    webhooks: webhookItems,
    components: {
      schemas: {
        ...componentsOf(bodies, 'input'),
        ...componentsOf([problemSchema, ...sentSchemas, ...results], 'output'),
      },
      responses: Object.assign({}, ...endpoints.map((endpoint) => problemResponses(endpoint).components)),
      securitySchemes: { functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' } },
    },
  };
}

function rolesText(): string {
  return Object.entries(roles)
    .map(([name, description]) => `- \`${name}\`: ${description}`)
    .join('\n');
}
