/** Finds discouraged words in comments, names, texts and documents: `npm run words -- [folder …]` lists them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import ts from 'typescript';
import { type Discouraged, discouraged } from './discouraged-words.ts';

export interface Hit {
  readonly file: string;
  readonly line: number;
  readonly words: string;
  readonly use: string;
}

interface Passage {
  readonly text: string;
  readonly line: number;
  readonly isName: boolean;
}

const isCode = (file: string) => /\.[jt]s$/.test(file);
const isDocument = (file: string) => /\.(md|bicep|ya?ml|html|css)$|workbook\.json$/.test(file);

/** The list itself names the words. */
const isList = (file: string) => file.startsWith('test/repository/');

/** All files with words in them, or those of some folders. */
export const wordedFiles = (folders: readonly string[] = []) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => (isCode(file) || isDocument(file)) && !isList(file));

function* tokens(node: ts.Node, source: ts.SourceFile): Generator<ts.Node> {
  const children = node.getChildren(source);
  if (children.length === 0) yield node;
  for (const child of children) if (!ts.isJSDoc(child)) yield* tokens(child, source);
}

function* codePassages(file: string, text: string): Generator<Passage> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  for (const token of tokens(source, source)) {
    const trivia = text.slice(token.getFullStart(), token.getStart(source));
    for (const comment of trivia.matchAll(/\/\*[\s\S]*?\*\/|\/\/.*/g)) {
      yield { text: comment[0], line: lineAt(token.getFullStart() + comment.index), isName: false };
    }
    const isName = ts.isIdentifier(token) || ts.isPrivateIdentifier(token);
    if (
      isName ||
      ts.isStringLiteralLike(token) ||
      ts.isTemplateHead(token) ||
      ts.isTemplateMiddleOrTemplateTail(token)
    ) {
      yield { text: token.getText(source), line: lineAt(token.getStart(source)), isName };
    }
  }
}

/** Splits names at their capitals and takes the margins off comments, without moving anything to another line. */
const plain = (text: string) =>
  text
    .replace(/^[ \t]*(\*|\/\/)/gm, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

const flexible = (words: RegExp) => words.source.replaceAll(' ', '\\s+');
const blank = (text: string) => text.replace(/[^\n]/g, ' ');

const patterns = discouraged.map((entry) => ({
  entry,
  words: new RegExp(`\\b(?:${flexible(entry.words)})\\b`, 'g'),
  except: entry.except && new RegExp(flexible(entry.except), 'g'),
}));

const isAbout = ({ where, exceptIn, onlyIn }: Discouraged, file: string, { isName }: Passage) =>
  (where === undefined || (where === 'names') === isName) && !exceptIn?.test(file) && onlyIn?.test(file) !== false;

export function hitsIn(file: string): readonly Hit[] {
  const text = readFileSync(file, 'utf8');
  const passages = isCode(file) ? [...codePassages(file, text)] : [{ text, line: 1, isName: false }];
  return passages
    .flatMap((passage) => {
      const words = plain(passage.text);
      return patterns
        .filter(({ entry }) => isAbout(entry, file, passage))
        .flatMap(({ entry, words: searched, except }) =>
          [...(except ? words.replace(except, blank) : words).matchAll(searched)].map((match) => ({
            file,
            line: passage.line + words.slice(0, match.index).split('\n').length - 1,
            words: match[0].replace(/\s+/g, ' '),
            use: entry.use,
          })),
        );
    })
    .toSorted((a, b) => a.line - b.line);
}

export const inWords = ({ file, line, words, use }: Hit) => `${file}:${line} ${words} → ${use}`;

if (import.meta.main) {
  const hits = wordedFiles(argv.slice(2)).flatMap(hitsIn);
  stdout.write(`${[...hits.map(inWords), `${hits.length} hits`].join('\n')}\n`);
}
