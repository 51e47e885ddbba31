/** The fields of an input as rows of a table, from its schema. */
import type * as z from 'zod';
import { jsonSchema } from '../../shared/http/openapi/json-schema.ts';
import { columns } from './columns.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** Of more values than these, the first and the last are listed. */
const maxValues = 4;

/** A row for each field: its name, whether it must be given, what it takes, what it is for. */
export function inputTable(input: z.ZodType): string[] {
  const { properties = {}, required = [] } = jsonSchemaOf(input);
  const rows = Object.entries(properties)
    .filter(isTaken)
    .map(([name, field]) => {
      const schema = field as Schema;
      const given = required.includes(name) ? 'required' : whenMissing(schema);
      return [`\`${name}\``, given, taken(schema), schema.description ?? ''];
    });
  return columns([['field', 'unless given', 'takes', 'what it is'], ['---', '---', '---', '---'], ...rows]);
}

/** What cannot be given needs no row. */
function isTaken([, field]: readonly [string, unknown]): boolean {
  return (field as Schema).not === undefined;
}

/** The names of the fields; those that may be left out with a question mark. */
export function fieldNames(schema: z.ZodType): string {
  return shapeOf(jsonSchemaOf(schema));
}

function jsonSchemaOf(schema: z.ZodType): Schema {
  return jsonSchema(schema, 'input') as Schema;
}

function whenMissing({ default: value }: Schema): string {
  return value === undefined ? '' : `\`${JSON.stringify(value)}\``;
}

function taken(schema: Schema): string {
  const { type, enum: values, anyOf, items, properties, minimum, maximum } = schema;
  if (values) {
    return valuesOf(values.map(String));
  }
  if (anyOf) {
    return anyOf.map((one) => taken(one as Schema)).join(' or ');
  }
  if (properties) {
    return `\`${neededOf(schema)}\``;
  }
  if (type === 'array') {
    return `list of ${taken(items as Schema)}`;
  }
  return minimum === undefined ? String(type ?? 'step') : `${type}, ${minimum} to ${maximum}`;
}

/** Those that must be given, and whether there are more. */
function neededOf({ properties = {}, required = [] }: Schema): string {
  const more = Object.keys(properties).length > required.length ? ['…'] : [];
  return `{${[...required, ...more].join(', ')}}`;
}

function shapeOf({ properties = {}, required = [] }: Schema): string {
  const names = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
  return `{${names.join(', ')}}`;
}

function valuesOf(values: readonly string[]): string {
  const shown = values.length > maxValues ? [...values.slice(0, 2), '…', ...values.slice(-1)] : values;
  return shown.map((value) => (value === '…' ? value : `\`${value}\``)).join(', ');
}
