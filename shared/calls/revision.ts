/** Revisions of a call: how often its row was replaced, which numbers its changes in the order of their writes. */

/** The revision of a row of a call; one that was never replaced has none. */
export function revisionOf({ revision = 0 }: { readonly revision?: number }): number {
  return revision;
}

/** The most revisions whose timeline is read at once: each is one write of the call, mostly with an entry or two. */
export const revisionsPerQuery = 2000;
