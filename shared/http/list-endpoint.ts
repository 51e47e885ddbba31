/** Endpoints that answer with a page of a list: their handlers see positions, their callers cursors that fit one list only. */
import type * as z from 'zod';
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
  find?(app: Invocation, path: PathValues<Path>): Promise<Resource>;
  handle(app: Invocation, request: PageRequest<Path, Filters, NoInfer<Resource>>): Promise<Page<NoInfer<Item>>>;
}

/** A list. Its cursors are valid under the filters they were given with; `limit` may change from page to page. */
export function defineList<Path extends string, Filters extends Shape, Item, Resource>({
  items,
  filters,
  find,
  handle,
  ...described
}: ListDefinition<Path, Filters, Item, Resource>): Endpoint {
  const identityOf = (app: Invocation, { path, query }: Received): ListIdentity => ({
    api: app.urlOf(''),
    endpoint: described.name,
    path,
    filters: Object.fromEntries(
      Object.entries(filters ?? {}).map(([name, schema]) => [name, validate(schema, query[name]).data]),
    ),
  });
  return defineEndpoint({
    ...described,
    method: 'GET',
    query: { ...filters, ...pageParameters },
    success: { status: 200, description: described.summary, schema: pageSchema(items) },
    ...(find && { find }),
    check(app, received) {
      const { cursor } = received.query;
      return cursor === undefined || positionOf(identityOf(app, received), cursor) !== undefined
        ? []
        : [{ path: 'cursor', message: 'expected the nextCursor of a page of this list under the same filters' }];
    },
    async handle(app, { received, path, resource, query: { limit, cursor, ...others } }) {
      const list = identityOf(app, received);
      const position = cursor === undefined ? undefined : positionOf(list, cursor);
      const page = await handle(app, {
        path,
        filters: others as z.output<z.ZodObject<Filters>>,
        resource: resource as Resource,
        limit,
        position,
      });
      const next = page.nextCursor === undefined ? {} : { nextCursor: cursorOf(list, page.nextCursor) };
      return { body: { items: page.items, ...next } };
    },
  });
}
