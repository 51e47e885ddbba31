/** The examples of responses: each is valid, and every success that can be shown has one. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { endpoints } from '../../../../shared/http/endpoints/index.ts';
import { openApi } from '../../../../shared/http/openapi/document.ts';
import { examples, textExamples } from '../../../../shared/http/openapi/examples.ts';
import { closed } from '../../../contract/published.ts';
import { describedIn } from '../../../support/described.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, and an assertion on a member that is not there fails.
type Item = any;

const document: Item = JSON.parse(JSON.stringify(openApi(endpoints, '/api')));

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(closed(document), 'openapi');

const resolved = (item: Item): Item =>
  item.$ref === undefined ? item : document.components[item.$ref.split('/').at(-2)][item.$ref.split('/').at(-1)];

/** What the schema says by an example: its own, or one put together from those of its parts. */
function exampleOf(schema: Item): unknown {
  const { examples: own = [], allOf = [], properties = {} } = resolved(schema);
  if (own.length > 0) return own[0];
  const parts: unknown[] = allOf.map(exampleOf).filter((part: unknown) => part !== undefined);
  if (parts.length > 0) return Object.assign({}, ...parts);
  const item = properties.items && exampleOf(properties.items.items);
  return item && { items: [item] };
}

const named = Object.entries(examples).map(([name, example]) => ({ name, example }));

test.each(named)('the example of $name has its members, in their form, and no others', ({ name, example }) => {
  expect(document.components.schemas[name].examples).toEqual([example]);
  const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
  expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
});

test('a line of the audit trail and an event of a stream are examples of their own resources', () => {
  expect(JSON.parse(String(textExamples['application/jsonl']))).toEqual(examples.AuditEntry);
  const [, data] = /^event: timeline\ndata: (.*)\n\n$/.exec(String(textExamples['text/event-stream'])) ?? [];
  expect(JSON.parse(String(data))).toEqual(examples.TimelineEntry);
});

/** Bytes of a file, and the description itself. */
const unseen = ['audio/wav', 'audio/mpeg', 'video/mp4'];

const successes = describedIn(document).flatMap(({ operationId, item }) =>
  Object.entries<Item>(item.responses)
    .filter(([status]) => status.startsWith('2') || operationId === 'health')
    .flatMap(([status, response]) =>
      Object.entries<Item>(resolved(response).content ?? {}).map(([type, media]) => ({
        operationId,
        status,
        type,
        media,
      })),
    )
    .filter(({ type }) => !unseen.includes(type) && operationId !== 'openApi'),
);

test('every success that can be shown has an example', () => {
  expect(successes.length).toBeGreaterThan(80);
  const without = successes
    .filter(({ media }) => media.example === undefined && exampleOf(media.schema) === undefined)
    .map(({ operationId, status, type }) => `${operationId} ${status} ${type}`);
  expect(without).toEqual([]);
});

test('the example of every success is valid by the schema of the response', () => {
  for (const { operationId, status, type, media } of successes.filter((one) => one.type.endsWith('json'))) {
    const schema = JSON.parse(JSON.stringify(closed(media.schema)).replaceAll('"#/components', '"openapi#/components'));
    const validate = ajv.compile(schema);
    expect(
      validate(exampleOf(media.schema)),
      `${operationId} ${status} ${type} ${JSON.stringify(validate.errors)}`,
    ).toBe(true);
  }
});
