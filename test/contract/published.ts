/** Holds every response of the API to its published description: status, content type, headers, and the body's schema. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';
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
  const key = [String(status), `${String(status)[0]}XX`, 'default'].find((one) => responses[one] !== undefined);
  const { name, response } = validators.response(responses[key ?? 'default']);
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const shown = `${operationId} ${status} ${type} ${JSON.stringify(body)}`.slice(0, 2000);
  expect(key, `${shown}: no such response is published`).toBeDefined();
  const types = Object.keys(response.content ?? {});
  expect(types.length === 0 ? '' : types, `${shown}: content type`).toSatisfy((published: string | string[]) =>
    published === '' ? body === '' : published.includes(type),
  );
  for (const header of Object.keys(response.headers ?? {}).filter((one) => response.headers[one].required === true)) {
    expect(headers.has(header), `${shown}: header ${header}`).toBe(true);
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
  ajv.addSchema(document, 'openapi');
  const compiled = new Map<string, ValidateFunction>();
  return {
    /** A response, wherever it is described. */
    response(item: Document): { readonly name: string; readonly response: Document } {
      const name = item?.$ref?.split('/').at(-1) ?? JSON.stringify(item);
      return { name, response: item?.$ref === undefined ? item : document.components.responses[name] };
    },
    schema(name: string, response: Document, type: string): ValidateFunction {
      const schema = JSON.parse(
        JSON.stringify(response.content[type].schema).replaceAll('"#/components', '"openapi#/components'),
      );
      const known = compiled.get(name) ?? ajv.compile(schema);
      compiled.set(name, known);
      return known;
    },
  };
}
