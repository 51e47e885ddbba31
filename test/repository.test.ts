/** Rules about the files themselves, which no linter knows. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { wrongPaths } from './repository/paths.ts';
import { hitsIn, inWords, wordedFiles } from './repository/words.ts';

const files = execFileSync('git', ['ls-files', '*.ts', '*.js'], { encoding: 'utf8' }).trim().split('\n');
const maxLines = 250;

/** Apps that the host's tests load: they stand for other people's code. */
const isFixture = (file: string) => file.startsWith('test/local/host/apps/');

test('no file is longer than 250 lines without a reason at its top', () => {
  const long = files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return text.split('\n').length > maxLines + 1 && !/^\/\*\*[^*]*\blong because\b/.test(text);
  });
  expect(long).toEqual([]);
});

test('every module opens with what it is for', () => {
  const modules = files.filter((file) => !file.startsWith('test/') && !file.endsWith('.config.ts'));
  expect(modules.filter((file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(file, 'utf8')))).toEqual([]);
});

const tests = files.filter(
  (file) => file.endsWith('.test.ts') && file !== 'test/repository.test.ts' && !isFixture(file),
);

test('nothing is skipped, and nothing is run alone', () => {
  // Within a test, `skip` takes a reason.
  const marks = /\b(?:test|it|describe)\.(?:skip|only|todo|runIf)|\bskipIf\(|\bskip\(\)/;
  expect(tests.filter((file) => marks.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('a suite that gives its host settings, or kills it, says that a running app cannot be its host', () => {
  const suites = tests.filter((file) => /^test\/(contract|scenarios|functions|faults)\//.test(file));
  const plain = '\\)|withoutTimers\\)|\\{ \\.\\.\\.withoutTimers, \\.\\.\\.frequentRechecks \\}\\)';
  const own = new RegExp(
    `startSwitchboard\\((?!${plain})|startSubscribedBoard\\(|startHostProcess\\(|startKillableApp\\(`,
  );
  const undeclared = suites.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return own.test(text) && !/\b(?:embedded|ownHost)Only\(/.test(text);
  });
  expect(undeclared).toEqual([]);
});

test('what is left out on other hosts says why', () => {
  const calls = tests.flatMap((file) => readFileSync(file, 'utf8').match(/\b(?:embedded|ownHost)Only\(.*/g) ?? []);
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.filter((call) => !/^\w+\(['"].{12,}/.test(call))).toEqual([]);
});

test('comments, names, texts and documents use the words of the glossary', () => {
  expect(wordedFiles().flatMap(hitsIn).map(inWords)).toEqual([]);
});

test('each path and link in code, comments and documents leads to a file or folder', () => {
  expect(wrongPaths()).toEqual([]);
});

test('each cited fact about ACS has a row in docs/acs-facts.md, and each row is cited or marked as background', () => {
  const rows = [...readFileSync('docs/acs-facts.md', 'utf8').matchAll(/^\| (ACS-[RDS]\d+) +\|(.*)$/gm)];
  const ids = rows.map(([, id]) => String(id));
  expect(new Set(ids).size).toBe(ids.length);
  const cited = new Set(
    wordedFiles()
      .filter((file) => file !== 'docs/acs-facts.md')
      .flatMap((file) => readFileSync(file, 'utf8').match(/\bACS-[RDS]\d+\b/g) ?? []),
  );
  expect([...cited].filter((id) => !ids.includes(id))).toEqual([]);
  const background = rows.filter(([, , text]) => text?.includes('_background_')).map(([, id]) => String(id));
  expect(ids.filter((id) => !cited.has(id) && !background.includes(id))).toEqual([]);
});
