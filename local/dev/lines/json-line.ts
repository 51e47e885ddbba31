/** Reads an object that a part of the development stack printed as a line of JSON. Pure. */

/** Undefined for any other line, also one that only looks like JSON, or was cut when its process ended. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
