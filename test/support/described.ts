/** Reads the description of the API endpoint by endpoint. */

/** An endpoint of the description. */
export interface Described {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: a document of any shape, and an assertion on a member that is not there fails.
  readonly item: any;
}

/** Every endpoint of a document. */
export function describedIn(document: { readonly paths: object }): Described[] {
  return Object.entries<object>(Object(document.paths)).flatMap(([path, items]) =>
    Object.entries<Described['item']>(Object(items)).map(([method, item]) => ({
      operationId: item.operationId,
      method: method.toUpperCase(),
      path,
      item,
    })),
  );
}
