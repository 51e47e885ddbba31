import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { problemOf, problems } from '../../../shared/http/problem.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

const bodyOf = (error: unknown) => JSON.parse(String(problemOf(error, 'c-1').body));

test.each(Object.keys(problems))('the type of %s leads to its paragraph in docs/problems.md', (code) => {
  const error = code === 'internalError' ? new TypeError('x') : new AppError(code as ErrorCode, 'x');
  const [path, anchor] = bodyOf(error).type.replace(`${manifest.repository}/blob/HEAD/`, '').split('#');
  expect({ anchor, exists: existsSync(path) }).toEqual({ anchor: code, exists: true });
  const paragraph = readFileSync(path, 'utf8').split(`<a id="${code}"></a>`)[1]?.split('<a id=')[0];
  expect(paragraph).toContain(`**${problems[code as ErrorCode].join(' ')}.**`);
});

test.each([400, 404, 429, 500, 503])('no title says that ACS refused what it answered with %d', (acsCode) => {
  const { title, detail } = bodyOf(
    new AppError('acsRefused', 'Internal error.', { acsCode, acsMessage: 'Internal error.' }),
  );
  expect(title).not.toMatch(/refuse|reject/i);
  expect(detail).toBe('Internal error.');
});
