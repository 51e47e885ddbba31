import { expect, it } from 'vitest';
import { edited } from './files.ts';
import { readPlan, textAt, textsIn, valueAt } from './plan.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/rg-plan/providers/';
const text = JSON.stringify({
  predictedResources: [
    {
      id: `${group}Some.Thing/parts/id-abcdefghijklm`,
      type: 'Some.Thing/parts',
      name: 'id-abcdefghijklm',
      apiVersion: '1',
    },
    {
      id: `${group}Some.Thing/parts/id-abcdefghijklm/providers/Other.Thing/locks/keep`,
      type: 'Other.Thing/locks',
      name: 'keep',
      apiVersion: '1',
      properties: { of: `[reference('${group}Some.Thing/parts/id-abcdefghijklm').key]`, list: [{ inner: 2 }] },
    },
  ],
  outputs: { first: 'id-abcdefghijklm' },
});
const files = { 'test/infra/plans/some.snapshot.json': text };

const after = (edit: Parameters<typeof edited>[1]) =>
  readPlan('some', edited(files, edit)['test/infra/plans/some.snapshot.json'] ?? '');

it('identifies what is planned by short ids, in expressions too', () => {
  const { resources, outputs } = readPlan('some', text);
  expect(resources.map(({ id }) => id)).toEqual([
    'Some.Thing/parts/id-plan',
    'Some.Thing/parts/id-plan/Other.Thing/locks/keep',
  ]);
  expect(textAt(resources[1]?.body, 'properties.of')).toBe("[reference('Some.Thing/parts/id-plan').key]");
  expect(valueAt(resources[1]?.body, 'properties.list.0.inner')).toBe(2);
  expect(valueAt(resources[1]?.body, 'properties.none.inner')).toBeUndefined();
  expect(textsIn({ a: ['x', { b: 'y' }], c: 1, d: null })).toEqual(['x', 'y']);
  expect(outputs).toEqual({ first: 'id-plan' });
});

it('edits one value, or takes it away, or the resource', () => {
  const at = { plan: 'some', resource: 'locks/keep' };
  expect(
    valueAt(after({ ...at, path: 'properties.list.0.inner', to: 3 }).resources[1]?.body, 'properties.list'),
  ).toEqual([{ inner: 3 }]);
  expect(valueAt(after({ ...at, path: 'properties.of' }).resources[1]?.body, 'properties.of')).toBeUndefined();
  expect(after(at).resources).toHaveLength(1);
  expect(after({ plan: 'some', path: 'outputs.second', to: 'x' }).outputs).toMatchObject({ second: 'x' });
});

it('refuses an edit of what is not there', () => {
  expect(() => edited(files, { plan: 'some', resource: 'locks/none' })).toThrow(/Expected one locks\/none/);
  expect(() => edited({ a: 'b' }, { file: 'a', from: 'c', to: 'd' })).toThrow(/found it 0 times/);
});
