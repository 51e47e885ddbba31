import { expect, it } from 'vitest';
import type { AppFunction } from '../../../../local/host/app/function.ts';
import { RouteTable } from '../../../../local/host/http/route-table.ts';

function httpFunction(name: string, route?: string, methods = ['GET']): AppFunction {
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

it.each(['admin/{x}', 'Runtime/webhooks'])('refuses the reserved route %s', (route) => {
  expect(() => new RouteTable('').add(httpFunction('greedy', route))).toThrow(/"greedy".*the host's/);
});

it('lets functions share a route when they share no method', () => {
  const table = new RouteTable('api');
  table.add(httpFunction('read', 'items/{id}'));
  table.add(httpFunction('write', 'items/{itemId}', ['PUT']));

  expect(table.find('PUT', ['api', 'items', '1'])).toMatchObject({
    fn: { name: 'write' },
    parameters: { itemId: '1' },
  });
  expect(() => table.add(httpFunction('third', 'items/{x}', ['put']))).toThrow('"write" and "third" clash');
});
