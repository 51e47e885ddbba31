import { expect, it } from 'vitest';
import type { AppFunction } from '../../../../local/host/app/function.ts';
import { covers } from '../../../../local/host/http/route-overlap.ts';
import { RouteTable } from '../../../../local/host/http/route-table.ts';
import { parseRouteTemplate } from '../../../../local/host/http/route-template.ts';

function httpFunction(name: string, route?: string, methods: string[] | null = ['GET']): AppFunction {
  const trigger = { type: 'httpTrigger', direction: 'in' as const, route, methods };
  return { name, trigger, triggerName: 'request', bindings: { request: trigger }, callback: () => undefined };
}

it('serves a function under its name when it has no route', () => {
  const table = new RouteTable('api');

  table.add(httpFunction('hello'));

  expect(table.find('GET', ['api', 'hello'])?.fn.name).toBe('hello');
});

it('serves at the root when the route prefix is empty', () => {
  const table = new RouteTable('');

  table.add(httpFunction('hello', '/greetings/'));

  expect(table.find('GET', ['greetings'])?.fn.name).toBe('hello');
});

it.each(['admin/{x}', 'Runtime/webhooks', '/administrators'])('refuses the reserved route %s', (route) => {
  expect(() => new RouteTable('api').add(httpFunction('greedy', route))).toThrow(/"greedy".*belong to the host/);
});

it('lets functions share a route when they share no method', () => {
  const table = new RouteTable('api');
  table.add(httpFunction('read', 'items/{id}'));
  table.add(httpFunction('write', 'items/{itemId}', ['PUT']));

  expect(table.find('PUT', ['api', 'items', '1'])).toMatchObject({
    fn: { name: 'write' },
    parameters: { itemId: '1' },
  });
  expect(() => table.add(httpFunction('third', 'items/{x}', ['put']))).toThrow(
    /"third" can never be reached for PUT: .*"write"/,
  );
});

it('serves every method for a function without methods, and refuses what it leaves nothing for', () => {
  const table = new RouteTable('api');
  table.add(httpFunction('all', 'items/{id}', null));

  expect(table.find('PURGE', ['api', 'items', '1'])?.fn.name).toBe('all');
  expect(() => table.add(httpFunction('one', 'items/one', ['GET', 'PUT']))).toThrow('reached for GET, PUT');
  expect(() => table.add(httpFunction('too', 'items/two', null))).toThrow('reached: its route');
});

/** An earlier template, a later one, and whether the earlier leaves nothing for the later. */
const overlaps: readonly [string, string, boolean][] = [
  ['items/{id}', 'items/top', true],
  ['items/top', 'items/{id}', false],
  ['items/{id:int}', 'items/top', false],
  ['items/{id:int}', 'items/7', true],
  ['items/{id:int}', 'items/{other:INT}', true],
  ['items/{id:int}', 'items/{other:guid}', false],
  ['items/v{id}', 'items/v1', true],
  ['items/v{id}', 'items/{id}', false],
  ['items/{id}', 'items/{id:int}/parts', false],
  ['items/{id?}', 'items', true],
  ['items/{id}', 'items/{id?}', false],
  ['{a}/{b}', 'items/{id:int}', true],
  ['{*path}', 'items/{id}/parts', true],
  ['{*path}', '', true],
  ['items/{id}', '{*path}', false],
  ['items/{id?}/{*path}', 'items/{*path}', false],
  ['{*path:maxlength(3)}', 'items', false],
  ['Items/TOP', 'items/top', true],
];

it.each(overlaps)('%s before %s leaves it nothing: %s', (earlier, later, isTaken) => {
  expect(covers(parseRouteTemplate(earlier), parseRouteTemplate(later))).toBe(isTaken);
});
