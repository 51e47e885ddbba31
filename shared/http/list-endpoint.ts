/** Endpoints that answer with a page of a list: their handlers see positions, their callers cursors that fit one list only. */
import * as z from 'zod';
import type { Invocation } from '../app.ts';
import type { Page } from '../storage/page.ts';
import { cursorOf, type ListIdentity, positionOf } from './cursor.ts';
import { type Described, defineEndpoint, type Endpoint, type PathValues, type Shape } from './endpoint.ts';
import { pageParameters, pageSchema } from './page.ts';
import { type Received, validate } from './receive.ts';

/** A valid request for a page. */
interface PageRequest<Path extends string, Filters extends Shape, Resource> {
  readonly path: PathValues<Path>;
  readonly filters: z.output<z.ZodObject<Filters>>;
  readonly resource: Resource;
  readonly limit: number;
  /** The `nextCursor` that the handler returned with the page before. */
  readonly position: string | undefined;
}

interface ListDefinition<Path extends string, Filters extends Shape, Item, Resource> extends Described<Path> {
  /** The schema of what is listed. */
  readonly items: z.ZodType<Item>;
  /** The query parameters besides `limit` and `cursor`. */
  readonly filters?: Filters;
  /** Names the response where two endpoints have it. */
  readonly pageId?: string;
  find?(app: Invocation, path: PathValues<Path>): Promise<Resource>;
  /** The page as a text, where the filter `format` asks for one. */
  toText?(items: readonly NoInfer<Item>[], resource: NoInfer<Resource>): string;
  handle(app: Invocation, request: PageRequest<Path, Filters, NoInfer<Resource>>): Promise<Page<NoInfer<Item>>>;
}

/** A list whose first page other resources can show. */
interface List<Path extends string, Item, Resource> extends Endpoint {
  /** The page that a request without `limit` and `cursor` gets. */
  firstPage(
    app: Invocation,
    path: PathValues<Path>,
    resource: Resource,
    filters: Readonly<Record<string, string>>,
  ): Promise<Page<Item>>;
}

/** A list. Its cursors are valid under the filters they were given with; `limit` may change from page to page. */
export function defineList<Path extends string, Filters extends Shape, Item, Resource>(
  definition: ListDefinition<Path, Filters, Item, Resource>,
): List<Path, Item, Resource> {
  const { items, pageId, filters, find, toText, handle: _, ...described } = definition;
  const { check, page, pageOf } = pagesOf(definition, ({ query }) => query);
  const endpoint = defineEndpoint({
    ...described,
    method: 'GET',
    query: { ...filters, ...pageParameters },
    success: { ...pageResponse(items, pageId), ...(toText && { text: true }) },
    ...(find && { find }),
    check,
    handle: (app, { received, path, resource, query }) => pageOf(app, received, path, resource as Resource, query),
  });
  return {
    ...endpoint,
    firstPage(app, path, resource, given) {
      const received = { path, query: given, headers: new Headers(), fields: {}, errors: [], isHead: false };
      return page(app, received, path, resource, endpoint.query.parse(given) as PageValues);
    },
  };
}

/**
 * A list, and the same list by POST: there the parameters of its query are the members of the body, so that nothing of what is
 * searched for is in a URL.
 */
export function defineSearchableList<Path extends string, Filters extends Shape, Item, Resource>(
  definition: Omit<ListDefinition<Path, Filters, Item, Resource>, 'find' | 'toText'>,
  named: Pick<Described<Path>, 'name' | 'summary' | 'path'> & { readonly example: Readonly<Record<string, unknown>> },
): readonly [list: Endpoint, search: Endpoint] {
  const search = { ...definition, ...named };
  const { items, pageId, filters, handle: _, ...described } = search;
  const { check, pageOf } = pagesOf(search, ({ fields }) => fields);
  const byPost = defineEndpoint({
    ...described,
    method: 'POST',
    reads: 'resources',
    body: z.strictObject({ ...filters, ...pageParameters }) as z.ZodType<PageValues>,
    success: pageResponse(items, pageId),
    check,
    handle: (app, { received, path, resource, body }) => pageOf(app, received, path, resource as Resource, body),
  });
  return [defineList(definition), byPost];
}

function pageResponse(items: z.ZodType, id?: string) {
  return { status: 200, description: 'A page', ...(id !== undefined && { id }), schema: pageSchema(items) } as const;
}

/** The parsed parameters of a page: its filters, and those of every list. */
type PageValues = Readonly<Record<string, unknown>> & { readonly limit: number; readonly cursor?: string | undefined };

/** The check and the handler of a list, whose parameters are in the query or in the body. */
function pagesOf<Path extends string, Filters extends Shape, Item, Resource>(
  { name, filters, toText, handle }: ListDefinition<Path, Filters, Item, Resource>,
  given: (received: Received) => Readonly<Record<string, unknown>>,
) {
  const identityOf = (received: Received): ListIdentity => ({
    endpoint: name,
    path: received.path,
    filters: Object.fromEntries(
      Object.entries(filters ?? {}).map(([filter, schema]) => [filter, validate(schema, given(received)[filter]).data]),
    ),
  });
  const positionIn = async ({ signCursor }: Invocation, received: Received): Promise<string | undefined> => {
    const { cursor } = given(received);
    return typeof cursor === 'string' ? positionOf(signCursor, identityOf(received), cursor) : undefined;
  };
  return {
    async check(app: Invocation, received: Received) {
      const { cursor } = given(received);
      // One that is refused for its characters already is not refused twice.
      const isUnchecked = typeof cursor === 'string' && received.errors.every(({ path }) => path !== 'cursor');
      return isUnchecked && (await positionIn(app, received)) === undefined
        ? [{ path: 'cursor', message: 'expected the nextCursor of a page of this list under the same filters' }]
        : [];
    },
    page,
    async pageOf(...request: Parameters<typeof page>) {
      const [, received, , resource] = request;
      const { items, nextCursor } = await page(...request);
      const body = { items, ...(nextCursor !== undefined && { nextCursor }) };
      if (toText && given(received).format === 'text') {
        const more = nextCursor === undefined ? '' : `more with cursor=${nextCursor}\n`;
        return {
          body,
          toText: (shown: Page<Item>) => `${toText(shown.items, resource)}${more}`,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
        };
      }
      return { body };
    },
  };

  async function page(
    app: Invocation,
    received: Received,
    path: PathValues<Path>,
    resource: Resource,
    { limit, cursor: _, ...others }: PageValues,
  ): Promise<Page<Item>> {
    const { items, nextCursor } = await handle(app, {
      path,
      filters: others as z.output<z.ZodObject<Filters>>,
      resource,
      limit,
      position: await positionIn(app, received),
    });
    return {
      items,
      ...(nextCursor !== undefined && { nextCursor: await cursorOf(app.signCursor, identityOf(received), nextCursor) }),
    };
  }
}
