/** Writes the generated docs from the table of operations; with `--check` it fails when what is written is not current. */
import { readFile, writeFile } from 'node:fs/promises';
import { transactionsOf, transactionsPerEvent } from '../shared/operations/cost.ts';
import { operations } from '../shared/operations/index.ts';
import type { Operation } from '../shared/operations/operation.ts';

const path = 'docs/operations.md';

/** The page of operations. */
export function operationsPage(table: readonly Operation[]): string {
  return [
    '# Operations',
    '',
    'Generated from `shared/operations/` by `npm run docs`; do not edit.',
    '',
    'Storage transactions are counted from the request to its answer; each callback event of ACS costs ' +
      `${transactionsPerEvent} more. \`test/contract/operations.test.ts\` measures both.`,
    '',
    ...columns([
      ['operation', 'method and path', 'settled by', 'storage transactions'],
      ['---', '---', '---', '---'],
      ...table.map((operation) => [
        `[\`${operation.name}\`](#${operation.name.toLowerCase()})`,
        `\`${operation.method} /api/${operation.path}\``,
        settledBy(operation),
        transactions(operation),
      ]),
    ]),
    '',
    ...table.flatMap(section),
  ].join('\n');
}

function section(operation: Operation): string[] {
  const { settles } = operation;
  const within =
    'withinSeconds' in settles ? ` After ${settles.withinSeconds} s without it, the call is read at ACS.` : '';
  const states =
    operation.target === 'call'
      ? [`Needs a call that is ${(operation.allowedIn ?? ['connected']).join(' or ')}.`, '']
      : [];
  return [
    `## ${operation.name}`,
    '',
    `${operation.summary}.`,
    '',
    ...states,
    `Settled by ${settledBy(operation)}.${within}`,
    '',
    '```json',
    JSON.stringify(operation.example, null, 2),
    '```',
    '',
  ];
}

function settledBy({ settles }: Operation): string {
  if (settles.by === 'event') {
    return [settles.success, settles.failure, settles.canceled ?? []]
      .filter((kinds) => kinds.length > 0)
      .map((kinds) => kinds.join(', '))
      .join(' / ');
  }
  return { response: 'the response of ACS', callEnd: 'the end of the call', participants: 'ParticipantsUpdated' }[
    settles.by
  ];
}

function transactions(operation: Operation): string {
  const { usual, most } = transactionsOf(operation);
  return usual === most
    ? `${usual}`
    : `${usual} (${most} when this instance has not met the ${operation.otherCall ? 'second call' : 'recording'})`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    text === '---' ? '-'.repeat(widths[column] ?? 3) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => `| ${row.map(cell).join(' | ')} |`);
}

const page = operationsPage(operations);
if (!process.argv.includes('--check')) {
  await writeFile(path, page);
} else if ((await readFile(path, 'utf8').catch(() => '')) !== page) {
  console.error(`${path} is not what the table of operations says: run "npm run docs" and commit it.`);
  process.exitCode = 1;
}
