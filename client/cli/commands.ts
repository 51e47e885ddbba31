/** The commands, derived from the description of the API: one for each endpoint. Pure. */
import { type Description, type EndpointItem, propertiesOf, resolved, type Schema, typesOf } from './description.ts';

/** An option that becomes a query parameter or a field of the body. */
export interface Field {
  /** As the API spells it. */
  readonly name: string;
  readonly in: 'query' | 'body';
  readonly types: ReadonlySet<string>;
  /** Of a list: whether its items are texts, so that the option is given once for each. */
  readonly hasTextItems: boolean;
  readonly isRequired: boolean;
  readonly description: string;
}

export interface Command {
  /** What is typed after `switchboard`, such as `calls hang-up`. */
  readonly words: readonly string[];
  readonly operationId: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  /** The names of the path parameters, which are given as arguments. */
  readonly ids: readonly string[];
  readonly fields: readonly Field[];
  /** The names of the request headers that it reads, in lower case. */
  readonly headers: readonly string[];
  readonly summary: string;
  /** The media types of its success. */
  readonly produces: readonly string[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** A command for each endpoint, in the order of the description. */
export function commandsOf(document: Description): readonly Command[] {
  const paths = Object.keys(document.paths);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, endpoint]) => commandOf(document, { path, method, paths }, endpoint)),
  );
}

interface Place {
  readonly path: string;
  readonly method: string;
  /** All of the description. */
  readonly paths: readonly string[];
}

function commandOf(document: Description, place: Place, endpoint: EndpointItem): Command {
  const parameters = (endpoint.parameters ?? []).map((one) => resolved(document, one));
  const inQuery = parameters.filter((one) => one.in === 'query');
  const body = endpoint.requestBody?.content?.['application/json']?.schema;
  const success = Object.entries(endpoint.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
  return {
    words: wordsOf(place, endpoint.operationId, Object.keys(document.paths[place.path] ?? {})),
    operationId: endpoint.operationId,
    method: place.method.toUpperCase(),
    path: place.path,
    ids: [...place.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    fields: [
      ...inQuery.map(({ name, schema = {}, required = false, description = '' }) =>
        fieldOf(document, { name, in: 'query', isRequired: required, description }, schema),
      ),
      ...(body ? bodyFields(document, body) : []),
    ],
    headers: parameters.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase()),
    summary: endpoint.summary ?? '',
    produces: Object.keys((success && resolved(document, success).content) ?? {}),
  };
}

/**
 * The literals of the path, and a verb where they do not have one: of a path that ends in an id by its method; of a
 * collection `list`, or the first verb in the name of the endpoint, such as `add` of `addParticipant`.
 */
function wordsOf({ path, method, paths }: Place, operationId: string, ofPath: readonly string[]): readonly string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  const literals = segments.filter((segment) => !segment.startsWith('{'));
  if (literals.length === 0) {
    return ['index'];
  }
  const verbs: Readonly<Record<string, string>> = { get: 'get', put: 'put', patch: 'update', delete: 'delete' };
  if (segments.at(-1)?.startsWith('{')) {
    return [...literals, verbs[method] ?? verbIn(operationId)];
  }
  const isCollection = paths.some((one) => one.startsWith(`${path}/{`)) || ofPath.length > 1;
  if (!isCollection) {
    return method === 'get' || method === 'post' ? literals : [...literals, verbs[method] ?? method];
  }
  return [...literals, method === 'get' ? 'list' : verbIn(operationId)];
}

function verbIn(operationId: string): string {
  return /^[a-z]+/.exec(operationId)?.[0] ?? operationId;
}

function bodyFields(document: Description, body: Schema): readonly Field[] {
  const { required = [] } = resolved(document, body);
  return Object.entries(propertiesOf(document, body)).map(([name, schema]) =>
    fieldOf(
      document,
      {
        name,
        in: 'body',
        isRequired: required.includes(name),
        description: resolved(document, schema).description ?? '',
      },
      schema,
    ),
  );
}

function fieldOf(
  document: Description,
  field: Pick<Field, 'name' | 'in' | 'isRequired' | 'description'>,
  schema: Schema,
): Field {
  const { items } = resolved(document, schema);
  const itemTypes = items ? typesOf(document, items) : new Set<string>();
  return { ...field, types: typesOf(document, schema), hasTextItems: itemTypes.has('string') };
}

/** The option of a field: `callerId` is given as `--caller-id`. */
export function optionOf(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
