/** Caches facts that never change, to save a read: the ACS connection of a call, the call of a recording. */

const capacity = 10_000;

export type FactCache = ReturnType<typeof openFactCache>;

/** Opens a cache; the oldest entry is removed when it is full. */
export function openFactCache() {
  const known = new Map<string, string>();
  return {
    get: (name: string) => known.get(name),
    add(name: string, fact: string | undefined): void {
      if (fact === undefined || known.has(name)) {
        return;
      }
      const [oldest] = known.keys();
      if (known.size >= capacity && oldest !== undefined) {
        known.delete(oldest);
      }
      known.set(name, fact);
    },
  };
}
