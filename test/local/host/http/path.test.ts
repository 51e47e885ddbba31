import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSegment, pathSegments } from '../../../../local/host/http/path.ts';

it.each([
  ['/a/b', ['a', 'b']],
  ['/a/b/', ['a', 'b']],
  ['/', []],
  ['/a//b', ['a', '', 'b']],
  ['/a/./b/../c', ['a', 'c']],
  ['/../a', ['a']],
  ['/a/%2e%2E/b', ['b']],
  ['/a%2Fb/c', ['a%2Fb', 'c']],
  ['/%2B1', ['+1']],
])('splits %s', (path, segments) => {
  expect(pathSegments(path)).toEqual(segments);
});

it.each([
  ['%zz', '%zz'],
  ['%ff', '%ff'],
  ['%2f%41', '%2fA'],
  ['%25', '%'],
  ['100%', '100%'],
])('decodes %s as Kestrel does', (encoded, decoded) => {
  expect(decodeSegment(encoded)).toBe(decoded);
});

it('gives back any segment that was percent-encoded, but for slashes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeSegment(encodeURIComponent(text))).toBe(text.replaceAll('/', '%2F'));
    }),
  );
});
