/** The form of the ids of calls and operations, and so of every operation context that Switchboard sends. */

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
