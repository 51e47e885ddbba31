/** What no request may have wherever it stands, over the table of endpoints: control characters, half a pair of surrogates, a member twice. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Endpoint } from '../../shared/http/endpoint.ts';
import { endpoints } from '../../shared/http/endpoints/index.ts';
import { pathParameters } from '../../shared/operations/operation.ts';
import { problemIn } from '../support/problem.ts';
import { ownHostOnly } from '../support/suited.ts';
import { requestsSince } from '../support/wire.ts';
import type { PublishedBoard } from './published.ts';
import { bodyOf, makeResources, pathOf, type Resources, startWholeBoard } from './requests.ts';

const test = ownHostOnly('starts the app with a host that may be notified, and cuts it off from storage');

let board: PublishedBoard;
let resources: Resources;
let asked: number;

beforeAll(async () => {
  board = await startWholeBoard();
  resources = await makeResources(board);
  asked = (await requestsSince(board, 0)).length;
});
afterAll(() => board.close());

const refused = { NUL: '\0', BEL: '\u0007', 'unit separator': '\u001f', DEL: '\u007f', 'next line': '\u0085' };
const surrogates = {
  'a high surrogate': '\ud83d',
  'a low surrogate': '\ude00',
  'a pair in the wrong order': '\ude00\ud83d',
};
const lines = { 'a line feed': '\n', 'a carriage return': '\r', 'a tab': '\t' };

/** Texts in JSON, each with its path; their names too, where a text may not be. */
function textsIn(value: unknown, path = ''): (readonly [path: string, names: readonly (string | number)[]])[] {
  if (typeof value === 'string') return [[path, []]];
  return Object.entries(Object(value)).flatMap(([name, member]) => {
    const at = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    const key = Array.isArray(value) ? Number(name) : name;
    return textsIn(member, at).map(([found, names]) => [found, [key, ...names]] as const);
  });
}

/** A value with a text within it changed. */
function changed(
  value: unknown,
  [name, ...names]: readonly (string | number)[],
  change: (text: string) => string,
): unknown {
  if (name === undefined) return change(String(value));
  const copy = Array.isArray(value) ? [...value] : { ...Object(value) };
  copy[name] = changed(copy[name], names, change);
  return copy;
}

const withBody = endpoints.filter(({ method }) => method !== 'GET');
/** Paths of texts, or of what has texts within it, that may have several lines. */
const mayHaveLines = /(?:^|[.\]])(?:text|ssml|context|operationContext|metadata|message|input|result)(?:$|[.[])/;

/** The paths, sorted, of what a request is refused for with a message that has this word. */
async function refusedFor(word: string, endpoint: Endpoint, body: unknown): Promise<readonly string[]> {
  const answer = await board.api(endpoint.method, pathOf(endpoint, resources), body);
  expect([endpoint.name, problemIn(answer).problem]).toEqual([endpoint.name, '422 invalidInput']);
  const errors: readonly { readonly path: string; readonly message: string }[] = answer.body.errors;
  return errors.flatMap(({ path, message }) => (message.includes(word) ? [path] : [])).sort();
}

/** A body with a text at the end of each of its own. */
function withTexts(body: object, text: string): object {
  return textsIn(body).reduce((one, [, names]) => changed(one, names, (own) => own + text) as object, body);
}

test.each(withBody)(
  '$name refuses a forbidden character in each text and name of its body, all at once',
  async (endpoint) => {
    const body = bodyOf(endpoint) ?? {};
    const paths = textsIn(body).map(([path]) => path);
    for (const text of Object.values({ ...refused, ...surrogates })) {
      const hostile = { ...withTexts(body, text), [`a${text}`]: { [`b${text}`]: 'c' } };
      const expected = [...paths, `a${text}`, `a${text}.b${text}`].sort();
      expect(await refusedFor('control', endpoint, hostile)).toEqual(expected);
    }
  },
);

test.each(withBody)('$name takes tabs and line breaks in prompts and in what only clients read', async (endpoint) => {
  const body = bodyOf(endpoint) ?? {};
  const paths = textsIn(body).flatMap(([path]) => (mayHaveLines.test(path) ? [] : [path]));
  for (const text of Object.values(lines)) {
    const hostile = { ...withTexts(body, text), [`a${text}`]: 1 };
    expect(await refusedFor('control', endpoint, hostile)).toEqual([...paths, `a${text}`].sort());
  }
});

test.each(withBody)(
  '$name refuses each member that its body has twice, also under an escaped name and with the same value',
  async (endpoint) => {
    const body = { ...bodyOf(endpoint), nested: [{ a: { b: 1 } }] };
    const inside = JSON.stringify(body).slice(1, -1).replace('"b":1', '"b":1,"\\u0062" : 1');
    const twice = Object.entries(body).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    const fields = await refusedFor('once', endpoint, `{${[inside, ...twice].join(',')}}`);
    expect(fields).toEqual(expect.arrayContaining([...Object.keys(body), 'nested[0].a.b']));
  },
);

test.each(withBody)('$name refuses a body that is nested deeper than a hundred levels', async (endpoint) => {
  const deep = (levels: number) => `{"a": ${'['.repeat(levels)}${']'.repeat(levels)}}`;
  expect(await refusedFor('levels', endpoint, deep(120_000))).toEqual(['']);
  expect(await refusedFor('levels', endpoint, deep(100))).toEqual(['']);
  expect(await refusedFor('levels', endpoint, deep(99))).toEqual([]);
});

test.each(endpoints)(
  '$name refuses a forbidden character in its query and in the headers that it reads',
  async (endpoint) => {
    const { query, headers = {} } = endpoint;
    const [path] = pathOf(endpoint, resources).split('?');
    const names = [...Object.keys(query.shape), 'bogus\u0007'];
    // The characters of headers are bytes: of control characters HTTP lets only those above 7F pass.
    const sent = Object.fromEntries(Object.keys(headers).map((name) => [name, 'a\u0085']));
    for (const text of Object.values(refused)) {
      const search = new URLSearchParams(names.map((name): [string, string] => [name, `a${text}`]));
      const answer = await board.api(endpoint.method, `${path}?${search}`, bodyOf(endpoint), sent);
      const { problem, fields } = problemIn(answer);
      const expected = expect.arrayContaining([...names, ...Object.keys(headers)]);
      expect([problem, fields]).toEqual(['422 invalidInput', expected]);
    }
  },
);

test.each(endpoints.filter(({ path }) => path.includes('{')))(
  '$name looks nothing up by a path with a forbidden character',
  async (endpoint) => {
    const named = pathParameters(endpoint.path);
    const text = Object.values({ ...refused, ...lines })
      .join('')
      .replace('\0', '');
    board.storage.down = true;
    const hostile = Object.fromEntries(named.map((name) => [name, `a${text}`]));
    const answer = await board.api(endpoint.method, pathOf(endpoint, { ...resources, ...hostile }), bodyOf(endpoint));
    board.storage.down = false;
    const { problem, fields } = problemIn(answer);
    expect([problem, fields]).toEqual(['422 invalidInput', expect.arrayContaining([...named])]);
  },
);

test('nothing that is refused reaches ACS', async () => {
  expect((await requestsSince(board, 0)).length).toBe(asked);
});
