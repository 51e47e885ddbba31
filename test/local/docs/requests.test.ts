/** docs/api.http and docs/postman.json: one request for each endpoint, as the description has it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiHttpPage } from '../../../local/docs/api-http.ts';
import { postmanPage } from '../../../local/docs/postman.ts';
import { type Description, requestsIn } from '../../../local/docs/requests.ts';

const description: Description = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const requests = requestsIn(description);
const described = Object.entries(description.paths).flatMap(([path, items]) =>
  Object.entries(items).map(([method, item]) => ({ name: item.operationId, method: method.toUpperCase(), path, item })),
);

/** The requests of a file as the editors read it: a name, a request line, headers, an empty line, a body. */
const parsed = apiHttpPage(requests)
  .split('\n### ')
  .slice(1)
  .map((text) => {
    const [head = '', ...body] = text.split('\n\n');
    const [, name = '', line = '', ...headers] = head.split('\n');
    return { name: name.replace('# @name ', ''), line, headers, body: body.join('\n\n').trim() };
  });

test('api.http has one request for each endpoint, with its method, path and example', () => {
  expect(parsed.map(({ name }) => name)).toEqual(described.map(({ name }) => name));
  for (const [index, { method, path, item }] of described.entries()) {
    const { line = '', body = '', headers = [] } = parsed[index] ?? {};
    const example = item.requestBody?.content['application/json']?.example;
    expect(line.split('?')[0]).toBe(`${method} {{baseUrl}}${path.replace(/\{(\w+)\}/g, '{{$1}}')}`);
    expect(body === '' ? undefined : JSON.parse(body)).toEqual(example);
    expect(headers.includes('Content-Type: application/json')).toBe(example !== undefined);
  }
});

test('every variable of api.http is declared at its top', () => {
  const text = apiHttpPage(requests);
  const used = new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
  const declared = [...text.matchAll(/^@(\w+) = \S+$/gm)].map(([, name]) => name);
  expect([...used].sort()).toEqual(declared.sort());
});

test('the Postman collection has the same requests in a folder for each resource, and declares its variables', () => {
  const collection = JSON.parse(postmanPage(description, requests));
  const folders: { name: string; item: { name: string; request: { method: string; url: { raw: string } } }[] }[] =
    collection.item;
  expect(folders.map(({ name }) => name)).toEqual(description.tags.map(({ name }) => name));
  const names = folders.flatMap(({ item }) => item.map(({ name }) => name));
  expect(names.sort()).toEqual(described.map(({ name }) => name).sort());
  const used = new Set([...JSON.stringify(collection).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
  const declared = collection.variable.map(({ key }: { key: string }) => key);
  expect([...used].sort()).toEqual([...declared].sort());
});
