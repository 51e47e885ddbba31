/** The threat model in SECURITY.md: each threat has a defence, and tests that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Row {
  readonly threat: string;
  readonly defence: string;
  readonly proofs: readonly { readonly title: string; readonly file: string }[];
}

/** A title may hold brackets and parentheses; the file has neither. */
const link = /\[((?:[^[\]]|\[[^\]]*\])+)\]\((test\/[\w./-]+)\)/g;

function rowsIn(text: string): readonly Row[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (threat|---)/.test(line))
    .map((line) => {
      const [, threat = '', defence = '', proof = ''] = line
        .split(' | ')
        .flatMap((cell, index) => (index === 0 ? ['', cell.slice(2)] : [cell]));
      const proofs = [...proof.matchAll(link)].map(([, title = '', file = '']) => ({ title, file }));
      return { threat: threat.trim(), defence: defence.trim(), proofs };
    });
}

/** Whether a file has a test, or a rule that a test applies, of this title. */
function isProved({ title, file }: Row['proofs'][number]): boolean {
  const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
}

const rows = rowsIn(readFileSync('SECURITY.md', 'utf8'));

test('each threat has a defence, and a test that proves it', () => {
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter(({ threat, defence, proofs }) => threat === '' || defence === '' || proofs.length === 0)).toEqual(
    [],
  );
  expect(new Set(rows.map(({ threat }) => threat)).size).toBe(rows.length);
});

test('each test that a threat names exists under that title', () => {
  expect(rows.flatMap(({ proofs }) => proofs).filter((one) => !isProved(one))).toEqual([]);
  expect(
    isProved({ file: 'test/repository/threat-model.test.ts', title: 'a test that is not there'.toUpperCase() }),
  ).toBe(false);
  expect(isProved({ file: '', title: 'a' })).toBe(false);
});
