/** The API's description in OpenAPI 3.1, derived from the tables of operations and reads. */
import * as z from 'zod';
import { operationSchema } from '../calls/operation-life/operation-record.ts';
import { type Operation, pathParameters } from '../operations/operation.ts';
import { componentsOf, type Json, jsonSchema } from './json-schema.ts';
import { type Read, reads } from './reads.ts';
import { sentSchemas, webhookItems } from './webhook-items.ts';
import { type Write, writes } from './writes.ts';

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    correlationId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    operationId: z.string().optional(),
    blockingOperationId: z.string().optional(),
    acsCode: z.string().optional(),
    acsSubCode: z.number().optional(),
  })
  .meta({ id: 'Problem' });

/** The whole document. `serverUrl` is where the API answers. */
export function openApi(operations: readonly Operation[], serverUrl: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  const add = (path: string, method: string, item: Json) => {
    paths[`/${path}`] = { ...paths[`/${path}`], [method.toLowerCase()]: item };
  };
  for (const operation of operations) {
    add(operation.path, operation.method, operationItem(operation));
  }
  for (const read of reads) {
    add(read.path, 'GET', readItem(read));
  }
  for (const write of writes) {
    add(write.path, write.method, writeItem(write));
  }
  const answers = [...reads, ...writes].flatMap(({ schema }) => schema ?? []);
  return {
    openapi: '3.1.0',
    info: { title: 'ACS Switchboard', version: '1', description: 'Call control for Azure Communication Services.' },
    servers: [{ url: serverUrl }],
    security: [{ functionKey: [] }],
    paths,
    webhooks: webhookItems,
    components: {
      schemas: {
        ...componentsOf(
          writes.flatMap(({ input }) => input ?? []),
          'input',
        ),
        ...componentsOf([problemSchema, operationSchema, ...sentSchemas, ...answers], 'output'),
      },
      securitySchemes: { functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' } },
    },
  };
}

function operationItem(operation: Operation): Json {
  const inPath = pathParameters(operation.path);
  const body = withoutMembers(jsonSchema(operation.input, 'input'), inPath);
  const example = Object.fromEntries(Object.entries(operation.example).filter(([name]) => !inPath.includes(name)));
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: ['operations'],
    parameters: [...pathItems(operation.path), idempotencyKeyItem, preferItem],
    requestBody: jsonContent(body, example),
    responses: {
      200: { description: 'The operation has settled', ...jsonContent(jsonSchema(operationSchema, 'output')) },
      202: {
        description: 'ACS took the operation; it settles later',
        ...jsonContent(jsonSchema(operationSchema, 'output')),
      },
      default: problemItem,
    },
  };
}

function readItem(read: Read): Json {
  const item = jsonSchema(read.schema, 'output');
  const list = {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: item }, nextCursor: { type: 'string' } },
  };
  const query = Object.entries(read.filters ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: jsonSchema(schema, 'input'),
  }));
  return {
    operationId: read.name,
    summary: read.summary,
    tags: ['reads'],
    parameters: [...pathItems(read.path), ...query],
    responses: {
      ...(read.contentTypes
        ? fileResponses(read.contentTypes, item)
        : { 200: { description: read.summary, ...jsonContent(read.list ? list : item) } }),
      default: problemItem,
    },
  };
}

function fileResponses(contentTypes: readonly string[], schema: Json): Json {
  const content = Object.fromEntries(contentTypes.map((type) => [type, { schema }]));
  return { 200: { description: 'The file', content }, 206: { description: 'The part that was asked for', content } };
}

function writeItem({ name, summary, path, input, example, schema }: Write): Json {
  return {
    operationId: name,
    summary,
    tags: ['writes'],
    parameters: pathItems(path),
    ...(input && { requestBody: jsonContent(jsonSchema(input, 'input'), example) }),
    responses: {
      ...(schema
        ? { 200: { description: summary, ...jsonContent(jsonSchema(schema, 'output')) } }
        : { 204: { description: 'It is gone' } }),
      default: problemItem,
    },
  };
}

const idempotencyKeyItem = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Becomes the id of the operation; the same request under the same key is performed once',
  schema: { type: 'string', format: 'uuid' },
};

const preferItem = {
  name: 'Prefer',
  in: 'header',
  description: 'wait=N waits up to N seconds for the operation to settle',
  schema: { type: 'string', examples: ['wait=10'] },
};

const problemItem = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: jsonSchema(problemSchema, 'output') } },
};

function pathItems(path: string): Json[] {
  return pathParameters(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function jsonContent(schema: Json, example?: unknown): Json {
  return { content: { 'application/json': { schema, ...(example !== undefined && { example }) } } };
}

function withoutMembers(schema: Json, names: readonly string[]): Json {
  const { properties = {}, required = [], ...rest } = schema as { properties?: Json; required?: string[] };
  const left = required.filter((name) => !names.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    ...(left.length > 0 && { required: left }),
  };
}
