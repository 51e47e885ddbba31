/** The items of a list, page by page. */
import { type Answer, dataOf } from './answer.ts';
import type { Switchboard } from './client.ts';
import type { paths } from './schema.ts';

/** The response of an endpoint that is a list. */
interface ListOf<Item> {
  readonly responses: {
    readonly 200: { readonly content: { readonly 'application/json': Page<Item> } };
  };
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}

/** The paths whose GET is a list. */
export type ListPath = {
  [Path in keyof paths]: paths[Path]['get'] extends ListOf<unknown> ? Path : never;
}[keyof paths];

/** What a list has items of. */
export type ItemOf<Path extends ListPath> = paths[Path]['get'] extends ListOf<infer Item> ? Item : never;

/** The parameters of a list: `path` where it has any, and its filters as `query`. `query.limit` is the size of a page. */
export type ListParameters<Path extends ListPath> = Pick<
  NonNullable<paths[Path]['get']>['parameters'],
  'path' | 'query'
>;

/** Every item, in order. The next page is read when the items before it were taken: leave the loop to read no more. */
export async function* items<Path extends ListPath>(
  switchboard: Switchboard,
  path: Path,
  { signal, ...params }: Partial<ListParameters<Path>> & { readonly signal?: AbortSignal } = {},
): AsyncGenerator<ItemOf<Path>, void> {
  // The types of openapi-fetch cannot follow a path that is a parameter; the signature of this function does.
  const read = switchboard.GET as unknown as (path: string, init: object) => Promise<Answer<Page<ItemOf<Path>>>>;
  let cursor: string | undefined;
  do {
    const query = { ...params.query, ...(cursor !== undefined && { cursor }) };
    const page = dataOf(await read(path, { params: { ...params, query }, ...(signal && { signal }) }));
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
