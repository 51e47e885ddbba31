/** An endpoint as an operation object of OpenAPI. */
import type * as z from 'zod';
import { pathParameters } from '../operations/operation.ts';
import type { Endpoint, Success } from './endpoint.ts';
import { type Json, jsonSchema } from './json-schema.ts';
import { problemResponses } from './openapi-problems.ts';
import { pathSchemas } from './path.ts';
import { resourceOf } from './resources.ts';

/** Parameters, body, successes and problems of an endpoint. */
export function endpointItem(endpoint: Endpoint): Json {
  const { name, summary, path, params = {}, query, headers = {}, success, roles } = endpoint;
  const inPath = pathParameters(path);
  const ofPath = Object.entries({ ...pathSchemas, ...params }).filter(([one]) => inPath.includes(one));
  return {
    operationId: name,
    summary,
    tags: [resourceOf(path)],
    ...(roles.length > 0 ? { 'x-roles': roles } : { security: [] }),
    parameters: [
      ...parameterItems('path', Object.fromEntries(ofPath)),
      ...parameterItems('query', query.shape),
      ...parameterItems('header', headers),
    ],
    ...bodyItem(endpoint),
    responses: {
      ...Object.fromEntries(success.map((one) => [one.status, successItem(one)])),
      ...problemResponses(endpoint).responses,
    },
  };
}

/** A query parameter is required when its schema does not accept its absence; a header never is. */
function parameterItems(where: 'path' | 'query' | 'header', shape: Readonly<Record<string, z.ZodType>>) {
  return Object.entries(shape).map(([name, schema]): Json => {
    const { description, examples, ...rest } = jsonSchema(schema, 'input');
    const required = where === 'path' || (where === 'query' && schema.safeParse(undefined).success === false);
    return {
      name,
      in: where,
      ...(required && { required }),
      ...(description !== undefined && { description }),
      schema: { ...rest, ...(examples !== undefined && { examples }) },
    };
  });
}

/** The body, without the members that come from the path. It is required when an empty object is refused. */
function bodyItem({ path, body, example }: Endpoint): Json {
  if (!body) {
    return {};
  }
  const inPath = pathParameters(path);
  const schema = withoutMembers(jsonSchema(body, 'input'), inPath);
  const shown = Object.entries({ ...(example as Json) }).filter(([name]) => !inPath.includes(name));
  const required = schema.required !== undefined || schema.anyOf !== undefined;
  return {
    requestBody: {
      ...(required && { required }),
      content: { 'application/json': { schema, example: Object.fromEntries(shown) } },
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

function successItem(success: Success): Json {
  const { description, schema, contentTypes = ['application/json'], headers = {}, optionalHeaders = {} } = success;
  const media = schema && { schema: jsonSchema(schema, 'output') };
  const headerItems = [...headerEntries(headers, { required: true }), ...headerEntries(optionalHeaders, {})];
  return {
    description,
    ...(headerItems.length > 0 && { headers: Object.fromEntries(headerItems) }),
    ...(media && { content: Object.fromEntries(contentTypes.map((type) => [type, media])) }),
  };
}

function headerEntries(headers: Readonly<Record<string, string>>, required: Json): [string, Json][] {
  return Object.entries(headers).map(([name, description]) => [
    name,
    { description, ...required, schema: { type: 'string' } },
  ]);
}
