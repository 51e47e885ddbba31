import { expect, it } from 'vitest';
import { at, elementsOf, parseBicep, propertiesOf, textAt, unquoted } from './bicep.ts';

const text = `
@description('A comment, and a decorator')
@allowed(['a', 'b'])
param kind string = 'a'
param count int
var names = ['x', 'y'] // behind
resource plain 'Some.Thing/parts@2026-01-01' = {
  name: 'plain'
  properties: { 'odd.key': { inner: count }, text: 'of \${kind}' }
}
resource looped 'Some.Thing/parts@2026-01-01' = [for (one, index) in names: {
  name: one
}]
resource chosen 'Some.Thing/parts@2026-01-01' = if (kind == 'b') {
  name: 'chosen'
}
resource seen 'Some.Thing/parts@2026-01-01' existing = {
  name: 'seen'
}
module other 'other.bicep' = if (count > 1) {
  params: { kind: kind }
}
output first string = plain.name
`;

const bicep = parseBicep('some.bicep', text);

it('tells what a file declares, by name', () => {
  const declared = [bicep.params, bicep.vars, bicep.resources, bicep.existing, bicep.modules, bicep.outputs];
  expect(declared.map((list) => list.map(({ name }) => name))).toEqual([
    ['kind', 'count'],
    ['names'],
    ['plain', 'looped', 'chosen'],
    ['seen'],
    ['other'],
    ['first'],
  ]);
  expect(bicep.params.map(({ value }) => value?.text)).toEqual(["'a'", undefined]);
  expect(bicep.modules.map(({ what }) => what)).toEqual(['other.bicep']);
});

it('finds the properties of a resource, in a loop and under a condition too', () => {
  expect(bicep.resources.map(({ body }) => textAt(body, 'name'))).toEqual(['plain', 'one', 'chosen']);
  expect(textAt(bicep.modules[0]?.body, 'params.kind')).toBe('kind');
  const properties = at(bicep.resources[0]?.body, 'properties');
  expect([...(propertiesOf(properties)?.keys() ?? [])]).toEqual(['odd.key', 'text']);
  expect(textAt(bicep.resources[0]?.body, 'properties.none.inner')).toBeUndefined();
  expect(elementsOf(bicep.vars[0]?.value).map(unquoted)).toEqual(['x', 'y']);
});

it('names the place of what is no Bicep', () => {
  expect(() => parseBicep('some.bicep', "param kind string\nresource x = = 'y'\n")).toThrow(
    /some\.bicep:2 is no Bicep/,
  );
});
