/**
 * What `JSON.parse` hides of a text: members that an object has twice, of which it keeps the last where other parsers keep the
 * first, and nesting so deep that code which recurses into the value runs out of stack.
 */
import { type FieldError, invalidInput, pathOf } from '../errors.ts';

/** Levels of arrays and objects within each other; requests need about four for each sequence within a sequence. */
const maxLevels = 100;

/** The tokens of valid JSON that matter here: strings, with the colon that makes them the name of a member, and structure. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\],]/g;

/** An array or object that is open, with the index or the name of what is read in it. */
interface Open {
  readonly names: Set<string>;
  at: number | string;
}

/** The validation errors in the form of a text that `JSON.parse` accepts. Throws the 422 of one that is nested too deep to be read. */
export function formErrors(json: string): readonly FieldError[] {
  const repeated = new Set<string>();
  const open: Open[] = [];
  for (const [token, colon] of json.matchAll(tokens)) {
    const inner = open.at(-1);
    if (token === '{' || token === '[') {
      open.push({ names: new Set(), at: token === '[' ? 0 : '' });
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (inner && !isNew(inner, token, colon)) {
      repeated.add(pathOf(open.map(({ at }) => at)));
    }
    if (open.length > maxLevels) {
      throw invalidInput([{ path: '', message: `expected at most ${maxLevels} levels of arrays and objects` }]);
    }
  }
  return [...repeated].map((path) => ({ path, message: 'expected this member once' }));
}

/** Follows a comma or a string into an array or object. False for the name of a member that is there already. */
function isNew(inner: Open, token: string, colon: string | undefined): boolean {
  if (token === ',' && typeof inner.at === 'number') {
    inner.at += 1;
  }
  if (colon === undefined) {
    return true;
  }
  const name: string = JSON.parse(token.slice(0, -colon.length));
  const { size } = inner.names;
  inner.at = name;
  return inner.names.add(name).size > size;
}
