/** client/schema.ts: the types of the API for its client, from the description of the API. */
import openapiTS, { astToString } from 'openapi-typescript';

const head = `/** The types of the API, long because \`npm run docs\` generates them from docs/openapi.json; do not edit. */
`;

/** The module as text. A member of a request that has a default may be left out. */
export async function clientTypes(document: object): Promise<string> {
  const options = { immutable: true, defaultNonNullable: false } as const;
  return `${head}${astToString(await openapiTS(JSON.stringify(document), options))}`;
}
