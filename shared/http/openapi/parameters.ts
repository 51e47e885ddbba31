/** The parameters of an endpoint: in its path, its query and its headers. */
import type * as z from 'zod';
import { pathParameters } from '../../operations/operation.ts';
import type { Endpoint } from '../endpoint.ts';
import { pathSchemas } from '../path.ts';
import type { Components } from './components.ts';
import type { Json } from './json-schema.ts';

/** The member `parameters`; none where there are none. */
export function parameterItems(
  { path, params = {}, query, headers = {} }: Endpoint,
  components: Components,
): { readonly parameters?: readonly Json[] } {
  const named = pathParameters(path);
  const inPath = Object.entries({ ...pathSchemas, ...params })
    .filter(([name]) => named.includes(name))
    .sort(([one], [other]) => named.indexOf(one) - named.indexOf(other));
  const parameters = [
    ...inPath.map(([name, schema]) => parameterItem('path', name, schema, components)),
    ...Object.entries(query.shape).map(([name, schema]) => parameterItem('query', name, schema, components)),
    ...Object.entries(headers).map(([name, schema]) => parameterItem('header', name, schema, components)),
  ];
  return parameters.length > 0
    ? { parameters: parameters.map((item) => components.refer('parameters', item.name, item)) }
    : {};
}

/** A query parameter is required when its schema does not accept its absence; a header never is. */
function parameterItem(where: 'path' | 'query' | 'header', name: string, schema: z.ZodType, components: Components) {
  const { description, ...rest } = components.schema(schema, 'input');
  const required = where === 'path' || (where === 'query' && schema.safeParse(undefined).success === false);
  return {
    name,
    in: where,
    ...(required && { required }),
    ...(description !== undefined && { description }),
    schema: rest,
  };
}
