/** Finds paths and links in code, comments and documents that lead to no file of this repository. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
const all = listed
  .trim()
  .split('\n')
  .filter((file) => existsSync(file));

/** Files with paths of other projects, patterns, and the examples that tests of paths invent. */
const isOther = (file: string) =>
  /^(package-lock\.json|\.dependency-cruiser\.mjs|test\/(local|infra)\/)|\.snapshot\.json$/.test(file);

const folders = [...new Set(all.map((file) => file.split('/')[0] ?? '').filter((name) => !/\.\w+$/.test(name)))];
const path = new RegExp(
  `(?<![\\w./$-])(?:${folders.map((name) => name.replace('.', '\\.')).join('|')})/[\\w./*{},-]*`,
  'g',
);

/** Whether a file or folder, or one that a pattern fits, is there. */
function exists(named: string): boolean {
  const plain = named.replace(/[.,/]+$/, '');
  if (existsSync(plain)) {
    return true;
  }
  // `{a,b}` and `*` of a pattern: the folder before it has to be there.
  const [before = ''] = plain.split(/[*{<]/, 1);
  return before !== plain && existsSync(dirname(`${before}x`));
}

const anchors = (markdown: string) =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  );

function linkProblems(file: string, text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    const [to = '', anchor] = link.split('#');
    const target = to === '' ? file : normalize(join(dirname(file), to));
    const isThere =
      existsSync(target) && (anchor === undefined || anchors(readFileSync(target, 'utf8')).includes(anchor));
    return isThere ? [] : [`${file} links to ${link}`];
  });
}

/** One line for each path and each link that leads nowhere. */
export const wrongPaths = (): readonly string[] =>
  all
    .filter((file) => !isOther(file) && /\.(md|ts|js|mjs|json|ya?ml|bicep|html)$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const named = [...text.matchAll(path)].map(([found]) => found).filter((found) => !exists(found));
      return [
        ...named.map((found) => `${file} names ${found}`),
        ...(file.endsWith('.md') ? linkProblems(file, text) : []),
      ];
    });
