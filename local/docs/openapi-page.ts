/** docs/openapi.json: one line for each operation and each component, so that a change of one shows as one changed line. */

/** The document as text. Members of members of its members are on a line each. */
export function openApiPage(document: Readonly<Record<string, unknown>>): string {
  return `${written(document, 3)}\n`;
}

/** Objects as many levels deep have their members on lines of their own, not indented: the size of the file is bounded. */
function written(value: unknown, levels: number): string {
  if (levels === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${written(member, levels - 1)}`,
  );
  return members.length > 0 ? `{\n${members.join(',\n')}\n}` : '{}';
}
