import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../../../../local/host/host.ts';
import { appRoot } from '../support/apps.ts';

let host: Host;
beforeAll(async () => {
  host = await startHost({ root: appRoot('web'), log: 'off' });
});
afterAll(() => host.close());

it('answers the preflight of an origin that local.settings.json allows', async () => {
  const response = await fetch(`${host.url}/api/echo`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://console.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'x-a, x-b',
    },
  });

  expect(response.status).toBe(204);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': 'https://console.example',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'PUT',
    'access-control-allow-headers': 'x-a, x-b',
    vary: 'origin',
  });
});

it('lets an allowed origin read the answer', async () => {
  const response = await fetch(`${host.url}/api/echo`, { headers: { origin: 'https://console.example' } });

  expect(response.headers.get('access-control-allow-origin')).toBe('https://console.example');
});

it('sends another origin no CORS header', async () => {
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'PUT' };

  const response = await fetch(`${host.url}/api/echo`, { method: 'OPTIONS', headers });

  expect(response.status).toBe(404);
  expect(response.headers.has('access-control-allow-origin')).toBe(false);
});
