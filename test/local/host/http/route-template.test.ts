import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRouteTemplate } from '../../../../local/host/http/route-template.ts';

const match = (template: string, path: string) => parseRouteTemplate(template).match(path.split('/').slice(1));

it.each([
  ['calls/{id}', '/calls/7', { id: '7' }],
  ['calls/{id}', '/CALLS/7', { id: '7' }],
  ['calls/{id}', '/calls', undefined],
  ['calls/{id}', '/calls/7/media', undefined],
  ['calls/{id?}', '/calls', {}],
  ['calls/{id=1}', '/calls', { id: '1' }],
  ['files/{name}.{extension}', '/files/a.b.txt', { name: 'a.b', extension: 'txt' }],
  ['v{version:int}/x', '/v2/x', { version: '2' }],
  ['v{version:int}/x', '/vtwo/x', undefined],
  ['all/{*rest}', '/all/a/b', { rest: 'a/b' }],
  ['all/{*rest}', '/all//b', undefined],
  ['all/{*rest}', '/all/a//', undefined],
  ['all/{**rest}', '/all', {}],
  ['all/{*rest:maxlength(3)}', '/all/a/bc', undefined],
  ['{{literal}}/{id}', '/{literal}/1', { id: '1' }],
  ['a/{x:regex(^\\d{{3}}-(b|c)$)}', '/a/123-B', { x: '123-B' }],
  ['a/{x:regex(^\\d{{3}}-(b|c)$)}', '/a/1234-b', undefined],
  ['a/{x:int:min(3):max(5)?}', '/a/4', { x: '4' }],
  ['a/{x:int:min(3):max(5)?}', '/a/6', undefined],
  ['a/{x:int:min(3):max(5)?}', '/a', {}],
  ['a/{x?}/{y?}', '/a', {}],
  ['a/{x?}/{y?}', '/a/1/2', { x: '1', y: '2' }],
  ['a/{x?}/b', '/a/b', undefined],
])('matches %s against %s', (template, path, parameters) => {
  expect(match(template, path)).toEqual(parameters);
});

it.each([
  ['int', '-12', '1.5'],
  ['int', '2147483647', '2147483648'],
  ['long', '9223372036854775807', '9223372036854775808'],
  ['bool', 'TRUE', 'yes'],
  ['guid', '3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0'],
  ['alpha', 'abC', 'ab1'],
  ['decimal', '1,234.5', 'e'],
  ['double', '1e3', '1e'],
  ['float', '.5', '.'],
  ['datetime', '2026-01-31T12:00:00Z', 'soon'],
  ['length(3)', 'abc', 'ab'],
  ['length(2,3)', 'ab', 'abcd'],
  ['minlength(2)', 'ab', 'a'],
  ['maxlength(2)', 'ab', 'abc'],
  ['min(5)', '5', '4'],
  ['max(5)', '5', '6'],
  ['range(1,3)', '3', '0'],
  ['regex(b)', 'abc', 'ac'],
  ['required', 'x', undefined],
])('holds %s for %s and not for %s', (constraint, held, broken) => {
  expect(match(`{x:${constraint}}`, `/${held}`)).toEqual({ x: held });
  if (broken !== undefined) {
    expect(match(`{x:${constraint}}`, `/${broken}`)).toBeUndefined();
  }
});

it.each([
  ['a/{b', 'malformed segment'],
  ['a//b', 'malformed segment'],
  ['{a:}', 'malformed parameter'],
  ['{a}/{A}', 'two parameters "a"'],
  ['{*rest}/a', 'only its last segment'],
  ['a/x{b?}', 'must be the whole segment'],
  ['{a:prime}', 'unknown constraint "prime"'],
  ['{a:min(x)}', '"x" is no argument for min'],
  ['{a:regex([)}', '"[" is no argument for regex'],
])('refuses the template %s', (template, says) => {
  expect(() => parseRouteTemplate(template)).toThrow(says);
});

const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/);
const value = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/[/\n]/.test(text));
const segment = fc.oneof(
  name.map((literal) => ({ template: literal, value: literal })),
  fc.record({ parameter: name, value }).map((one) => ({ template: `{${one.parameter}}`, ...one })),
);
const segments = fc.array(segment, { minLength: 1, maxLength: 6 }).filter((all) => {
  const names = all.flatMap((one) => ('parameter' in one ? [one.parameter.toLowerCase()] : []));
  return new Set(names).size === names.length;
});

it('gives back the values that a path was made of', () => {
  fc.assert(
    fc.property(segments, (all) => {
      const template = parseRouteTemplate(all.map((one) => one.template).join('/'));
      const expected = all.flatMap((one) => ('parameter' in one ? [[one.parameter, one.value]] : []));

      expect(template.match(all.map((one) => one.value))).toEqual(Object.fromEntries(expected));
    }),
  );
});

it('never matches a path with a segment too many or too few', () => {
  fc.assert(
    fc.property(segments, value, (all, extra) => {
      const template = parseRouteTemplate(all.map((one) => one.template).join('/'));
      const path = all.map((one) => one.value);

      expect(template.match([...path, extra])).toBeUndefined();
      expect(template.match(path.slice(1))).toBeUndefined();
    }),
  );
});
