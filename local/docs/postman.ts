/** docs/postman.json: the API as a Postman collection, a folder for each resource. */
import type { Description, ExampleRequest } from './requests.ts';
import { pathVariables } from './requests.ts';

/** The collection in format 2.1. */
export function postmanPage({ tags }: Description, requests: readonly ExampleRequest[]): string {
  const variables = ['key', ...pathVariables(requests)].map((key) => ({ key, value: '', type: 'string' }));
  const collection = {
    info: {
      name: 'ACS Switchboard',
      description: 'Generated from docs/openapi.json by `npm run docs`.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'x-api-key', type: 'string' },
        { key: 'value', value: '{{key}}', type: 'string' },
        { key: 'in', value: 'header', type: 'string' },
      ],
    },
    variable: [{ key: 'baseUrl', value: 'http://127.0.0.1:7071/api', type: 'string' }, ...variables],
    item: tags.map(({ name, description }) => ({
      name,
      description,
      item: requests.filter(({ resource }) => resource === name).map(item),
    })),
  };
  return `${JSON.stringify(collection, null, 1)}\n`;
}

function item({ name, summary, method, path, query, headers, body }: ExampleRequest) {
  const segments = path.slice(1).replace(/\{(\w+)\}/g, '{{$1}}');
  const json = { key: 'Content-Type', value: 'application/json' };
  return {
    name,
    request: {
      description: summary,
      method,
      header: [
        ...Object.entries(headers).map(([key, value]) => ({ key, value })),
        ...(body === undefined ? [] : [json]),
      ],
      url: {
        raw: `{{baseUrl}}/${segments}`,
        host: ['{{baseUrl}}'],
        path: segments.split('/'),
        query: query.map(({ name: key, description, required, schema }) => ({
          key,
          value: String(schema.examples?.[0] ?? ''),
          ...(description !== undefined && { description }),
          ...(!required && { disabled: true }),
        })),
      },
      ...(body !== undefined && {
        body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } },
      }),
    },
    response: [],
  };
}
