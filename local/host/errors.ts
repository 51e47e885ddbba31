/** The error of a host that cannot start: its message alone says what was expected, what came and how to mend it. */
export class HostError extends Error {
  override readonly name = 'HostError';
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
