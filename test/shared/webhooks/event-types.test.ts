import { expect, test } from 'vitest';
import { eventNames, nameOf, typeOf } from '../../../shared/webhooks/event-types.ts';

test('each name has a type of its own, which has that name', () => {
  expect(eventNames.map((name) => nameOf(typeOf(name)))).toEqual(eventNames);
  expect(new Set(eventNames.map(typeOf)).size).toBe(eventNames.length);
});

test('a type that neither ACS nor we have is its own name', () => {
  expect(nameOf('com.example.Something')).toBe('com.example.Something');
});
