/** The phone page as files: what is served, with which policy, and what is not. */

import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const get = (path: string, init?: RequestInit) => fetch(`${stage.emulator.url}${path}`, init);

test.for(['/emulator', '/emulator/'])('%s is the page, under a policy that knows this server only', async (path) => {
  const answer = await get(path);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|\*|http/);
  expect(await answer.text()).toContain('<title>Phone');
});

test('every file that the page and its modules name is served, with its type', async () => {
  const served = new Map([
    ['css', 'text/css; charset=utf-8'],
    ['js', 'text/javascript; charset=utf-8'],
    ['svg', 'image/svg+xml'],
  ]);
  const files = readdirSync('local/emulator/phone').filter((name) => served.has(name.split('.')[1] ?? ''));
  const page = await (await get('/emulator/')).text();
  for (const [, name] of page.matchAll(/(?:src|href)="\/emulator\/phone\/([^"]+)"/g)) {
    expect(files).toContain(name);
  }
  for (const name of files) {
    const answer = await get(`/emulator/phone/${name}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, served.get(name.split('.')[1] ?? '')]);
    for (const [, imported] of (await answer.text()).matchAll(/from '\.\/([^']+)'/g)) {
      expect(files).toContain(imported);
    }
  }
});

test.for([
  '/emulator/phone/missing.js',
  '/emulator/phone/tsconfig.json',
  '/emulator/phone/..%2fmain.ts',
  '/emulator/phone/%2e%2e/main.ts',
  '/emulator/phone/',
])('%s is not served', async (path) => {
  expect((await get(path)).status).toBe(501);
});

test('the page is only read', async () => {
  expect((await get('/emulator/', { method: 'POST' })).status).toBe(501);
});

test('looking at the page leaves no line in the log', async () => {
  await stage.emulator.control.post('reset');
  await get('/emulator/');
  await get('/emulator/phone/phone.js');

  expect(await stage.emulator.control.get('log')).toEqual({ entries: [] });
});
