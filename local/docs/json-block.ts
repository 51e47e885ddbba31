/** JSON in the generated docs: whatever fits on a line is on one. */

const width = 100;

/** A value as a block of JSON. */
export function jsonBlock(value: unknown): string[] {
  return ['```json', ...written(value, ''), '```'];
}

function written(value: unknown, indent: string): string[] {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || line.length + indent.length <= width) {
    return [line];
  }
  const isList = Array.isArray(value);
  const members = Object.entries(value).map(([name, member]) => {
    const [first = '', ...rest] = written(member, `${indent}  `);
    return [isList ? first : `${JSON.stringify(name)}: ${first}`, ...rest];
  });
  const lines = members.flatMap((member, index) =>
    member.map((text, at) => `  ${text}${at === member.length - 1 && index < members.length - 1 ? ',' : ''}`),
  );
  return [isList ? '[' : '{', ...lines, isList ? ']' : '}'];
}
