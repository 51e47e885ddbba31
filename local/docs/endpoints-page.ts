/** The page of endpoints. */
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { resourceOf, resources } from '../../shared/http/resources.ts';
import { roles } from '../../shared/http/roles.ts';
import { columns } from './columns.ts';

/** Problems of every operation, which say nothing of one endpoint. */
const ofOperations: readonly string[] = ['acsRefused', 'operationInProgress', 'idempotencyKeyReused'];

/** Every endpoint by resource: method and path, what it does, who may call it. Their schemas are in the OpenAPI document. */
export function endpointsPage(endpoints: readonly Endpoint[]): string {
  return [
    '# Endpoints',
    '',
    'Generated from `shared/http/endpoints/` by `npm run docs`; do not edit. [openapi.json](openapi.json) is the whole',
    'description, with schemas, examples and problems; a running app serves it at `GET /api/openapi.json`.',
    '',
    ...Object.entries(resources).flatMap(([resource, description]) => section(resource, description, endpoints)),
    '## Roles',
    '',
    'A caller needs one of the roles of an endpoint: [how to give them](how-to/give-access.md).',
    '',
    ...columns([
      ['role', 'lets a caller'],
      ['---', '---'],
      ...Object.entries(roles).map(([role, text]) => [`\`${role}\``, `${text[0]?.toLowerCase()}${text.slice(1)}`]),
    ]),
    '',
  ].join('\n');
}

function section(resource: string, description: string, endpoints: readonly Endpoint[]): string[] {
  const rows = endpoints.filter(({ path }) => resourceOf(path) === resource);
  return [
    `## ${resource}`,
    '',
    `${description}.`,
    '',
    ...columns([
      ['endpoint', 'method and path', 'what it does', 'roles', 'problems of its own'],
      ['---', '---', '---', '---', '---'],
      ...rows.map(({ name, method, path, summary, roles: needed, errors = [] }) => [
        `\`${name}\``,
        `\`${method} /api/${path}\``,
        summary,
        needed.length > 0 ? needed.map((role) => `\`${role}\``).join(' or ') : 'open',
        errors
          .filter((code) => !ofOperations.includes(code))
          .map((code) => `[\`${code}\`](problems.md#${code.toLowerCase()})`)
          .join(', '),
      ]),
    ]),
    '',
  ];
}
