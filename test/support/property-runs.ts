/** How many cases a property is tried with: fast-check's hundred, or as many as `PROPERTY_RUNS` asks for. */

const wanted = process.env.PROPERTY_RUNS ? Number(process.env.PROPERTY_RUNS) : undefined;

/** Options of a property whose cases are cheaper or dearer than most: this number of runs unless `PROPERTY_RUNS` says otherwise. */
export function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: wanted ?? usual };
}

// A set-up file of every test: fast-check itself is loaded only where properties are tried more often.
if (wanted !== undefined) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ numRuns: wanted });
}
