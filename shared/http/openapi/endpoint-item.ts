/** An endpoint as an operation object of OpenAPI. */
import { pathParameters } from '../../operations/operation.ts';
import type { Endpoint, Success } from '../endpoint.ts';
import { resourceOf } from '../resources.ts';
import type { Components } from './components.ts';
import { isConditional, notModified } from './conditional.ts';
import { textExamples } from './examples.ts';
import type { Json } from './json-schema.ts';
import { withSharedOptions } from './operation-options.ts';
import { parameterItems } from './parameters.ts';
import { problemResponses } from './problem-responses.ts';

/** Parameters, body, successes and problems of an endpoint. */
export function endpointItem(endpoint: Endpoint, components: Components): Json {
  const { name, summary, path, roles } = endpoint;
  return {
    operationId: name,
    summary,
    tags: [resourceOf(path)],
    ...(roles.length > 0 ? { 'x-roles': roles } : { security: [] }),
    ...parameterItems(endpoint, components),
    ...bodyItem(endpoint, components),
    responses: {
      ...successItems(endpoint, components),
      ...(isConditional(endpoint) && { 304: notModified(components) }),
      ...problemResponses(endpoint, components),
    },
  };
}

/** The body, without the members that come from the path. It is required when an empty object is refused. */
function bodyItem({ name, path, body, example }: Endpoint, components: Components): Json {
  if (!body) {
    return {};
  }
  const inPath = pathParameters(path);
  const schema = withSharedOptions(withoutMembers(components.schema(body, 'input'), inPath), components);
  const sent = Object.entries({ ...(example as Json) }).filter(([member]) => !inPath.includes(member));
  const isShared = '$ref' in schema;
  const required = isShared ? !body.safeParse({}).success : schema.required !== undefined || schema.anyOf !== undefined;
  const named = isShared ? schema : components.refer('schemas', `${pascalCase(name)}Request`, schema);
  return {
    requestBody: {
      ...(required && { required }),
      content: { 'application/json': { schema: named, example: Object.fromEntries(sent) } },
    },
  };
}

function withoutMembers(schema: Json, names: readonly string[]): Json {
  const { properties, required = [], ...rest } = schema as { properties?: Json; required?: string[] };
  if (!properties) {
    return schema;
  }
  const left = required.filter((name) => !names.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    ...(left.length > 0 && { required: left }),
  };
}

/** The successes by status. Those that differ in their status alone are one response, described with what each status says. */
function successItems({ success }: Endpoint, components: Components): Json {
  const items = success.map((one) => ({ status: one.status, id: one.id, item: successItem(one, components) }));
  const texts = new Set(items.map(({ item: { description: _, ...rest } }) => JSON.stringify(rest)));
  if (items.length === 1 || texts.size > 1) {
    return Object.fromEntries(
      items.map(({ status, id, item }) => [status, id === undefined ? item : components.refer('responses', id, item)]),
    );
  }
  const description = items.map(({ status, item }) => `${status}: ${item.description}`).join('; ');
  // Endpoints that answer with the same resource share the response.
  const shared = components.refer('responses', resourceIn(items[0]?.item), { ...items[0]?.item, description });
  return Object.fromEntries(items.map(({ status }) => [status, shared]));
}

/** The name of the component that a response consists of: an endpoint with several successes answers with a resource. */
function resourceIn(item: Json | undefined): string {
  const { content } = { content: {}, ...item } as { content: Json };
  const { schema } = { ...(content['application/json'] as { schema?: { $ref?: string } } | undefined) };
  return String(schema?.$ref?.split('/').at(-1));
}

function successItem(success: Success, components: Components): Json {
  const { description, schema, contentTypes = ['application/json'], headers = {} } = success;
  const headerItems = headerEntries(headers, components);
  const types = [...(schema ? contentTypes : []), ...(success.text ? ['text/plain'] : [])];
  const media = (type: string): Json => ({
    schema: schema && type !== 'text/plain' ? components.schema(schema, 'output') : { type: 'string' },
    ...(textExamples[type] !== undefined && { example: textExamples[type] }),
  });
  return {
    description,
    ...(headerItems.length > 0 && { headers: Object.fromEntries(headerItems) }),
    ...(types.length > 0 && { content: Object.fromEntries(types.map((type) => [type, media(type)])) }),
  };
}

/** Headers that only some responses have are described with the request headers that ask for them. */
function headerEntries(headers: Readonly<Record<string, string>>, components: Components): [string, Json][] {
  return Object.entries(headers).map(([name, description]) => [
    name,
    components.refer('headers', name, { description, required: true, schema: { type: 'string' } }),
  ]);
}

function pascalCase(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
