/** The index of the API: where a client that knows nothing else starts. It is open, as it says nothing about calls. */
import * as z from 'zod';
import { defineEndpoint, type Endpoint } from '../endpoint.ts';
import { apiVersion } from '../headers.ts';

const indexSchema = z
  .object({
    name: z.string(),
    apiVersion: z.string().meta({ description: 'The date of the contract, as in the header `API-Version`' }),
    links: z.array(
      z.object({
        rel: z.string().meta({ description: 'The `operationId` of the OpenAPI document' }),
        href: z.url(),
        title: z.string(),
      }),
    ),
  })
  .meta({ id: 'ApiIndex' });

/** The endpoint that links to every other that can be read without knowing an id. */
export function indexEndpoint(others: () => readonly Endpoint[]): Endpoint {
  const isLinked = ({ method, path, query }: Endpoint) =>
    method === 'GET' && !path.includes('{') && query.safeParse({}).success;
  return defineEndpoint({
    name: 'getApi',
    summary: 'The index of the API: links to what can be read without an id',
    method: 'GET',
    path: '',
    success: { status: 200, description: 'The links', schema: indexSchema },
    roles: [],

    async handle({ urlOf, audit, webhooks: { eventLog } }) {
      const isOn = ({ errors = [] }: Endpoint) =>
        (eventLog !== undefined || !errors.includes('eventLogOff')) &&
        (audit !== undefined || !errors.includes('auditOff'));
      const linked = others().filter((one) => isLinked(one) && isOn(one));
      const links = linked.map(({ name, path, summary }) => ({ rel: name, href: urlOf(path), title: summary }));
      return { body: { name: 'ACS Switchboard', apiVersion, links } };
    },
  });
}
