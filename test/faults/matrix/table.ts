/** The table of a run: what struck each operation how often, and what was wrong then. */
import { columns } from '../../../local/docs/columns.ts';
import type { Played } from './cell.ts';
import { faults } from './faults.ts';
import { verdicts } from './judge.ts';

interface Cell {
  played: number;
  struck: number;
  readonly found: Record<(typeof verdicts)[number], number>;
}

/** By operation, and within it by fault. */
export type Table = Map<string, Map<string, Cell>>;

export const newTable = (): Table => new Map();

export function addTo(table: Table, operation: string, fault: string, { struck, found }: Played): void {
  const row = table.get(operation) ?? new Map<string, Cell>();
  const cell = row.get(fault) ?? {
    played: 0,
    struck: 0,
    found: { lost: 0, doubled: 0, misreported: 0, orphaned: 0 },
  };
  cell.played += 1;
  cell.struck += struck;
  for (const { verdict } of found) {
    cell.found[verdict] += 1;
  }
  table.set(operation, row.set(fault, cell));
}

const names = Object.keys(faults);

/** A cell: how often the fault struck, and the wrongs; `-` where it was played and nothing could be struck. */
function cellText(cell: Cell | undefined): string {
  if (!cell) {
    return '';
  }
  const wrongs = verdicts.flatMap((verdict) => (cell.found[verdict] > 0 ? [`${cell.found[verdict]} ${verdict}`] : []));
  return [cell.struck > 0 ? String(cell.struck) : '-', ...wrongs].join(' ');
}

function rowsOf(table: Table): string[][] {
  const rows = [...table]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([operation, row]) => [operation, ...names.map((fault) => cellText(row.get(fault)))]);
  const sums = verdicts.map((verdict) => [
    verdict,
    ...names.map((fault) =>
      String([...table.values()].reduce((sum, row) => sum + (row.get(fault)?.found[verdict] ?? 0), 0)),
    ),
  ]);
  return [...rows, ...sums];
}

/** For a terminal: faults are numbered, so that a row fits on a line. */
export function textOf(table: Table): string {
  const legend = names.map((name, index) => `${index + 1} ${name}`).join(', ');
  return [legend, ...columns([['operation', ...names.map((_, index) => String(index + 1))], ...rowsOf(table)])].join(
    '\n',
  );
}

/** The page of the documentation. */
export function pageOf(table: Table, { seconds, seed }: { readonly seconds: number; readonly seed: number }): string {
  const header = ['operation', ...names];
  const sum = (of: (cell: Cell) => number) =>
    [...table.values()].flatMap((row) => [...row.values()]).reduce((total, cell) => total + of(cell), 0);
  return [
    '# Reliability',
    '',
    'Every operation under every fault, by the public API, two hosts on one storage and the emulator of ACS. Written by',
    `\`npm run test:faults -- --matrix --page <file>\`: ${sum(({ played }) => played)} operations in ${Math.round(seconds / 60)} minutes, seed ${seed},`,
    `${sum(({ struck }) => struck)} faults that struck.`,
    '',
    'A number says how often the fault struck the operation, `-` that it found nothing to strike: no event, say. What was wrong',
    'then stands beside it, and summed up in the last rows:',
    '',
    '- lost: promised, and not done or not findable; or live at ACS, over in the API, so that it cannot be hung up',
    '- doubled: done more than once at ACS',
    '- misreported: the outcome is another than what ACS did, or changed by a late event',
    '- orphaned: left open for good: an operation, a call, a recording',
    '',
    ...columns([header, header.map(() => '---'), ...rowsOf(table)]),
    '',
  ].join('\n');
}
