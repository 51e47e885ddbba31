/** Who may use the control API. */

import { expect, test } from 'vitest';
import { checkLocalAccess } from '../../../../local/emulator/control/local-access.ts';
import type { WireRequest } from '../../../../local/emulator/http/message.ts';

function request(headers: Record<string, string>, fromLoopback = true): WireRequest {
  return {
    method: 'GET',
    target: '/emulator/calls',
    path: '/emulator/calls',
    query: new URLSearchParams(),
    headers,
    body: Buffer.alloc(0),
    origin: 'http://127.0.0.1:9100',
    port: 9100,
    fromLoopback,
  };
}

test.for([
  { host: '127.0.0.1:9100' },
  { host: '127.0.0.53' },
  { host: 'localhost:9101' },
  { host: 'LOCALHOST' },
  { host: '[::1]:9100' },
  { host: 'localhost:9100', 'sec-fetch-site': 'same-origin' },
  { host: 'localhost:9100', 'sec-fetch-site': 'none' },
])('%o is answered', (headers) => {
  expect(() => checkLocalAccess(request(headers))).not.toThrow();
});

test.for([
  { because: 'a tunnel', headers: { host: 'acs.tunnel.example' } },
  { because: 'a name that leads here', headers: { host: '127.0.0.1.rebind.example:9100' } },
  { because: 'no host', headers: {} },
  { because: 'a page of another site', headers: { host: 'localhost', 'sec-fetch-site': 'cross-site' } },
  { because: 'a page of another port', headers: { host: 'localhost', 'sec-fetch-site': 'same-site' } },
])('$because is refused with 403', ({ headers }) => {
  expect(() => checkLocalAccess(request({ ...headers }))).toThrow(expect.objectContaining({ status: 403 }));
});

test('another machine is refused, whatever it calls this one', () => {
  expect(() => checkLocalAccess(request({ host: 'localhost' }, false))).toThrow(
    expect.objectContaining({ status: 403 }),
  );
});
