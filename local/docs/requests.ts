/** One request for each endpoint, from the description of the API: what docs/api.http and docs/postman.json are made of. */

/** What is read of the description. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example: unknown }>> };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: { readonly examples?: readonly unknown[] };
}

/** A request as both formats have it. */
export interface ExampleRequest {
  readonly name: string;
  readonly summary: string;
  readonly resource: string;
  readonly method: string;
  /** Below the API's URL, with `{parameters}`. */
  readonly path: string;
  readonly query: readonly Parameter[];
  /** The value that a request header is shown with. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Every request, in the order of the description. */
export function requestsIn({ paths, components }: Description): readonly ExampleRequest[] {
  return Object.entries(paths).flatMap(([path, items]) =>
    Object.entries(items).map(([method, item]) => {
      const parameters = (item.parameters ?? []).map((one) =>
        '$ref' in one ? components.parameters[one.$ref.split('/').at(-1) ?? ''] : one,
      );
      const known = parameters.filter((one) => one !== undefined);
      return {
        name: item.operationId,
        summary: item.summary,
        resource: item.tags[0] ?? '',
        method: method.toUpperCase(),
        path,
        query: known.filter((one) => one.in === 'query'),
        headers: known.some(({ name }) => name === 'Prefer') ? { Prefer: 'wait=10' } : {},
        body: item.requestBody?.content['application/json']?.example,
      };
    }),
  );
}

/** The names in the paths, each once. */
export function pathVariables(requests: readonly ExampleRequest[]): readonly string[] {
  const names = requests.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  return [...new Set(names)].sort();
}
