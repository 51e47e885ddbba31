/** Runs the independent parts of a timer. */

/** Runs one part after another; one that fails does not prevent the others. Throws all failures together. */
export async function runEach(...parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) {
    await part().catch((error) => failures.push(error));
  }
  if (failures.length > 0) {
    throw failures.length === 1 ? failures[0] : new AggregateError(failures, failures.map(String).join('; '));
  }
}
