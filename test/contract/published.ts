/** Holds every response of the API to its published description: status, content type, headers, and the body's schema. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';
import { routed } from '../../shared/http/endpoints/index.ts';
import type { Answer, Api } from '../support/api.ts';
import type { Switchboard } from '../support/switchboard.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, and an assertion on a member that is not there fails.
type Document = any;

/** A board whose API fails the test when a response is not as published. `seen` is what was answered so far. */
export interface PublishedBoard extends Switchboard {
  readonly document: Document;
  /** `getCall 200`, `getCall 404 callNotFound` */
  readonly seen: ReadonlySet<string>;
}

interface Item {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}

/** Codes that endpoints do not list as their own. */
const commonCodes = [
  'acsRefused',
  'bodyTooLarge',
  'idempotencyKeyReused',
  'internalError',
  'invalidInput',
  'invalidJson',
  'operationInProgress',
  'storageUnavailable',
  'unsupportedMediaType',
];

/** The board, with its API held to the document that it serves. */
export async function published(board: Switchboard): Promise<PublishedBoard> {
  const document = (await board.api('GET', 'openapi.json')).body;
  const seen = new Set<string>();
  const validators = validatorsOf(document);
  const itemOf = itemsOf(document);
  const api: Api = async (method, path, body, headers) => {
    const answer = await board.api(method, path, body, headers);
    const item = itemOf(method, path.split('?')[0] ?? '');
    if (item) {
      check(item, answer, validators);
      seen.add([item.operationId, answer.status, answer.body?.code].filter((part) => part !== undefined).join(' '));
    }
    return answer;
  };
  return { ...board, api, document, seen };
}

function check({ operationId, responses }: Item, answer: Answer, validators: ReturnType<typeof validatorsOf>): void {
  const { status, headers, body } = answer;
  const key = status < 400 || responses[status] !== undefined ? String(status) : 'default';
  const { name, response } = validators.response(responses[key]);
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const shown = `${operationId} ${status} ${type} ${JSON.stringify(body)}`.slice(0, 2000);
  expect(response, `${shown}: no such response is published`).toBeDefined();
  const types = Object.keys(response.content ?? {});
  expect(types.length === 0 ? '' : types, `${shown}: content type`).toSatisfy((published: string | string[]) =>
    published === '' ? body === '' : published.includes(type),
  );
  for (const header of Object.keys(response.headers ?? {}).filter((one) => response.headers[one].required === true)) {
    expect(headers.has(header), `${shown}: header ${header}`).toBe(true);
  }
  if (type === 'application/problem+json') {
    const { errors = [] } = routed.find(({ name: one }) => one === operationId) ?? {};
    expect([...errors, ...commonCodes], `${shown}: code`).toContain(body.code);
    expect(response.description, `${shown}: code of this status`).toContain(`\`${body.code}\``);
  }
  if (type.endsWith('json')) {
    const validate = validators.schema(name, response, type);
    expect(validate(body), `${shown}: ${JSON.stringify(validate.errors)}`).toBe(true);
  }
}

/** Finds a path of the document; a literal comes before a parameter. */
function itemsOf(document: Document): (method: string, path: string) => Item | undefined {
  const table = Object.keys(document.paths)
    .sort((one, other) => parametersIn(one) - parametersIn(other))
    .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`) }));
  return (method, asked) => {
    const matches = table.filter(({ pattern }) => pattern.test(`/${asked}`));
    return matches.map(({ path }) => document.paths[path][method.toLowerCase()]).find((item) => item !== undefined);
  };
}

function parametersIn(path: string): number {
  return path.split('{').length - 1;
}

function validatorsOf(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('binary', true);
  ajv.addSchema(closed(document), 'openapi');
  const compiled = new Map<string, ValidateFunction>();
  return {
    /** A response, wherever it is described. */
    response(item: Document): { readonly name: string; readonly response: Document } {
      const name = item?.$ref?.split('/').at(-1) ?? JSON.stringify(item);
      return { name, response: item?.$ref === undefined ? item : document.components.responses[name] };
    },
    schema(name: string, response: Document, type: string): ValidateFunction {
      const schema = JSON.parse(
        JSON.stringify(closed(response.content[type].schema)).replaceAll('"#/components', '"openapi#/components'),
      );
      const known = compiled.get(name) ?? ajv.compile(schema);
      compiled.set(name, known);
      return known;
    },
  };
}

/**
 * The description with nothing open that names its members: the API's clients accept a member that is not described, its
 * tests do not. A part of an `allOf` stays open, since the whole is closed: each component is there in both forms.
 */
export function closed(value: Document, isPart = false): Document {
  if (Array.isArray(value)) return value.map((one) => closed(one));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, allOf, ...rest } = value;
  const members: [string, Document][] = Object.entries(rest).map(([name, member]) => [name, closed(member)]);
  const isNamed = rest.properties !== undefined || allOf !== undefined;
  const isOpen = isPart || rest.additionalProperties !== undefined || !isNamed;
  return {
    ...Object.fromEntries(members),
    ...(rest.schemas && { schemas: { ...closed(rest.schemas), ...openForms(rest.schemas) } }),
    ...($ref && { $ref: isPart ? `${$ref}${openForm}` : $ref }),
    ...(allOf && { allOf: allOf.map((part: Document) => closed(part, true)) }),
    ...(!isOpen && { unevaluatedProperties: false }),
  };
}

const openForm = '-open';

function openForms(schemas: Document): Document {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [`${name}${openForm}`, closed(schema, true)]),
  );
}
