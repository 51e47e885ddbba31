/** Tables of the generated docs. */

/** Rows of cells as lines of a Markdown table, aligned by the width of the first row's columns. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    text === '---' ? '-'.repeat(widths[column] ?? 3) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => `| ${row.map(cell).join(' | ')} |`);
}
